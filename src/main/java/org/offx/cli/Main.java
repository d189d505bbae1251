package org.offx.cli;

/** The entry point of the {@code offx} command. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.out.println("offx");
    }
}
