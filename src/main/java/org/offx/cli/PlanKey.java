package org.offx.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.offx.cli.Command.Wrong;
import org.offx.plan.Seal;

/**
 * The key that seals the secrets of saved plans: a file of the user's that nobody else may read, made when the first plan that
 * needs it is saved. Whoever applies such a plan needs the same key. docs/decisions/0018 says why.
 */
final class PlanKey {

    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final byte[] key;
    private final boolean kept;

    private PlanKey(Path file, byte[] key, boolean kept) {
        this.file = file;
        this.key = key;
        this.kept = kept;
    }

    /** Of one command that saves no plan: nobody else will ever compare these codes. */
    static Seal passing() {
        return Seal.of(random());
    }

    /** The user's key; where there is none, a new one that is not kept yet. */
    static PlanKey of(Io io) throws Wrong {
        Path file = file(io);
        try {
            String text = Files.readString(file).strip();
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new Wrong(file + " can be read by others, who could guess secrets of saved plans with it: chmod 600 " + file);
            }
            if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
                throw new Wrong(file + " is no key of offx, or a damaged one: move it away, and make the plan again");
            }
            return new PlanKey(file, HexFormat.of().parseHex(text), true);
        } catch (NoSuchFileException none) {
            return new PlanKey(file, random(), false);
        } catch (IOException broken) {
            throw new Wrong("the key of saved plans cannot be read: " + broken.getMessage());
        }
    }

    /**
     * The user's key, if it is the one with that name.
     *
     * @param plan the file of the plan that names it
     */
    static Seal named(String name, String plan, Io io) throws Wrong {
        PlanKey own = of(io);
        if (!own.seal().key().equals(name)) {
            throw new Wrong(plan + " holds secrets that are sealed with the key " + name + ", and "
                    + (own.kept ? own.file + " is another one (" + own.seal().key() + ")" : "there is no " + own.file)
                    + ": without that key nobody can tell whether they are still the same. Copy the file from where the plan was"
                    + " made, readable for you alone, or make the plan anew here");
        }
        return own.seal();
    }

    Seal seal() {
        return Seal.of(key);
    }

    /** Writes a new key: beside its place and then there, so that nobody ever reads a half of it. */
    void keep() throws Wrong {
        if (kept) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Path beside = Files.createTempFile(
                    file.getParent(), "plan", ".key", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try {
                Files.writeString(beside, HexFormat.of().formatHex(key) + "\n");
                Files.createLink(file, beside);
            } finally {
                Files.delete(beside);
            }
        } catch (FileAlreadyExistsException faster) {
            throw new Wrong("another offx has made " + file + " just now: make the plan again");
        } catch (IOException broken) {
            throw new Wrong("the plan holds secrets, and the key that seals them cannot be kept: " + broken.getMessage());
        }
    }

    private static Path file(Io io) {
        return io.state().resolve("plan.key");
    }

    private static byte[] random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
