package org.offx.lab;

/**
 * Over which addresses of the nodes SSH reaches them. With {@link #IPV6}, an MTU below 1280 cuts a node off entirely:
 * the kernel takes IPv6 from such an interface.
 */
public enum Via {
    IPV4,
    IPV6
}
