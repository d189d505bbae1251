package org.offx.lab;

/** One step of a lab on its way up: whom it is about (a node, {@code fabric}, {@code relay} or {@code lab}), and what happened. */
public record LabEvent(String who, String text) {}
