package org.offx.lab;

/**
 * The lab cannot do what it was asked to, for a reason that lies with this machine or with the request. The message
 * names the reason and, on further lines, what to do about it; it is made to be shown as it stands.
 */
public final class LabException extends Exception {

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
