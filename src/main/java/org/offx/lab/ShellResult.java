package org.offx.lab;

/** What commands on a node came to: the exit status of the shell, and what it wrote. */
public record ShellResult(int status, String out, String err) {}
