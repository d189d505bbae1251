package org.offx.cli;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a path leads, link by link. What the kernel shows of open files ({@code /dev/stdout}, {@code <(…)}, which is
 * {@code /dev/fd/63}) looks like a link and is none: behind it is what somebody has open, whatever its target is called.
 */
final class Place {

    private static final List<Path> OF_THE_KERNEL = List.of(Path.of("/dev"), Path.of("/proc"));

    /** Between the devices, and for files like any other: shm_overview(7). */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** As many as Linux follows: path_resolution(7). */
    private static final int MOST_LINKS = 40;

    private Place() {}

    /**
     * The last of the links' targets, which need not be there; or the first that is the kernel's.
     *
     * @throws IOException where the folder is not there, or links go round in a circle
     */
    static Path behind(Path path) throws IOException {
        Path at = path.toAbsolutePath();
        for (int followed = 0; followed <= MOST_LINKS; followed++) {
            if (at.getFileName() == null) {
                return at;
            }
            at = at.getParent().toRealPath().resolve(at.getFileName());
            if (isOfTheKernel(at) || !Files.isSymbolicLink(at)) {
                return at;
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        throw new FileSystemLoopException(path.toString());
    }

    /** Whether it leads to a regular file by its name; not where that cannot be told. */
    static boolean isOfAFile(Path path) {
        try {
            Path place = behind(path);
            return !isOfTheKernel(place) && Files.isRegularFile(place);
        } catch (IOException unknown) {
            return false;
        }
    }

    static boolean isOfTheKernel(Path place) {
        return !place.startsWith(SHARED_MEMORY) && OF_THE_KERNEL.stream().anyMatch(place::startsWith);
    }
}
