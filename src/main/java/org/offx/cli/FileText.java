package org.offx.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The text of a file; of what is no text, what it is instead. */
final class FileText {

    /** How files begin that git-crypt has encrypted. */
    private static final byte[] GIT_CRYPT = {0, 'G', 'I', 'T', 'C', 'R', 'Y', 'P', 'T', 0};

    private FileText() {}

    /** @throws IOException with a sentence for the user, where the file is no UTF-8 text */
    static String read(Path path, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, text, true);
        if (result.isError()) {
            throw new IOException(name + " is not UTF-8 text: " + what(bytes, in.position()));
        }
        return text.flip().toString();
    }

    private static String what(byte[] bytes, int at) {
        if (startsWith(bytes, GIT_CRYPT)) {
            return "it is locked by git-crypt";
        }
        if (startsWith(bytes, new byte[] {(byte) 0xff, (byte) 0xfe}) || startsWith(bytes, new byte[] {(byte) 0xfe, (byte) 0xff})) {
            return "it is UTF-16, as Windows saves it; save it as UTF-8";
        }
        int line = 1;
        for (int i = 0; i < at; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        String byteAt = Integer.toHexString(bytes[at] & 0xff);
        return "a byte " + byteAt + " in line " + line + "; save it as UTF-8, or decrypt it";
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
