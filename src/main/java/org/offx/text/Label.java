package org.offx.text;

/** A place that a diagnostic points at, with a few words beside it. The primary one is where the mistake is. */
public record Label(Span span, String text, boolean primary) {}
