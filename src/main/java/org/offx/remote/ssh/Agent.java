package org.offx.remote.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ssh-agent, spoken to as draft-ietf-sshm-ssh-agent has it: it lists its keys and signs with them. One connection
 * for each question, so that it can be asked by many threads.
 */
record Agent(Path socket) {

    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int RSA_SHA2_512 = 4;
    private static final int LONGEST = 1 << 20;

    /** @param blob the public key, or certificate, as the protocol encodes it */
    record Key(byte[] blob, String comment) {

        /** Such as ssh-ed25519, ssh-rsa, sk-ssh-ed25519@openssh.com. */
        String type() {
            ByteBuffer buffer = ByteBuffer.wrap(blob);
            byte[] type = new byte[buffer.getInt()];
            buffer.get(type);
            return new String(type, UTF_8);
        }

        /** The signature algorithm to name for it: RSA keys sign with SHA-2 (RFC 8332). */
        String algorithm() {
            return switch (type()) {
                case "ssh-rsa" -> "rsa-sha2-512";
                case "ssh-rsa-cert-v01@openssh.com" -> "rsa-sha2-512-cert-v01@openssh.com";
                case String type -> type;
            };
        }
    }

    List<Key> keys() throws IOException {
        ByteBuffer answer = ask(new byte[] {REQUEST_IDENTITIES}, IDENTITIES_ANSWER);
        List<Key> keys = new ArrayList<>();
        for (int count = answer.getInt(); count > 0; count--) {
            keys.add(new Key(string(answer), new String(string(answer), UTF_8)));
        }
        return keys;
    }

    /** The signature as the protocol encodes it. */
    byte[] sign(Key key, byte[] data) throws IOException {
        ByteBuffer question = ByteBuffer.allocate(1 + 4 + key.blob().length + 4 + data.length + 4);
        question.put((byte) SIGN_REQUEST);
        question.putInt(key.blob().length).put(key.blob());
        question.putInt(data.length).put(data);
        question.putInt(key.algorithm().startsWith("rsa-") ? RSA_SHA2_512 : 0);
        return string(ask(question.array(), SIGN_RESPONSE));
    }

    private ByteBuffer ask(byte[] question, int expected) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            OutputStream out = Channels.newOutputStream(channel);
            out.write(ByteBuffer.allocate(4 + question.length).putInt(question.length).put(question).array());
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            int length = in.readInt();
            if (length < 1 || length > LONGEST) {
                throw new IOException("the agent's answer makes no sense");
            }
            ByteBuffer answer = ByteBuffer.wrap(in.readNBytes(length));
            if (answer.remaining() < length || answer.get() != expected) {
                throw new IOException("the agent refuses");
            }
            return answer;
        }
    }

    private static byte[] string(ByteBuffer buffer) throws IOException {
        int length = buffer.remaining() < 4 ? -1 : buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IOException("the agent's answer makes no sense");
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
