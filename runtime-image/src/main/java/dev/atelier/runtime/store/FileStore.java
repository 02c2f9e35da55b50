package dev.atelier.runtime.store;

import static java.nio.file.FileVisitResult.CONTINUE;

import dev.atelier.runtime.StageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in a directory: write beside, force to disk, rename. */
public final class FileStore implements ArtifactStore {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");
  private static final String UNFINISHED = ".unfinished-";

  private final Path root;
  private final Creator creator;

  /** A store below a directory, which is made when the first file is put. */
  public FileStore(Path root) {
    this(
        root,
        file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  FileStore(Path root, Creator creator) {
    this.root = root.normalize();
    this.creator = creator;
  }

  @Override
  public void put(String key, byte[] content) {
    replace(
        key,
        channel -> {
          var buffer = ByteBuffer.wrap(content);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  @Override
  public void put(String key, Path file) throws IOException {
    try (var source = FileChannel.open(file)) {
      replace(
          key,
          channel -> {
            long size = source.size();
            for (long at = 0; at < size; ) {
              at += source.transferTo(at, size - at, channel);
            }
          });
    }
  }

  @Override
  public Optional<byte[]> read(String key) {
    try {
      return Optional.of(Files.readAllBytes(path(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unavailable("read " + key, e);
    }
  }

  @Override
  public Optional<Path> local(String key) {
    var path = path(key);
    return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
  }

  @Override
  public List<Entry> list(String prefix) {
    // A root that is a link is walked as well; links below it are not followed.
    var start = prefix.isEmpty() ? root.resolve(".") : path(prefix);
    if (!Files.exists(start)) {
      return List.of();
    }
    var found = new ArrayList<Entry>();
    try {
      walk(start, file -> found(file).ifPresent(found::add), folder -> {});
    } catch (IOException e) {
      throw unavailable("list " + prefix, e);
    }
    found.sort(Comparator.comparing(Entry::key));
    return found;
  }

  @Override
  public void delete(String prefix) {
    var start = path(prefix);
    if (!Files.exists(start)) {
      return;
    }
    try {
      walk(start, Files::delete, FileStore::deleteIfEmpty);
    } catch (IOException e) {
      throw unavailable("delete " + prefix, e);
    }
  }

  @Override
  public String describe() {
    return "directory " + root;
  }

  /**
   * Visits files and, after those in it, each folder. What another process writes or deletes
   * meanwhile is visited or not.
   */
  private static void walk(Path start, Visit file, Visit folder) throws IOException {
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes read) throws IOException {
            return visited(each, file);
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException e) throws IOException {
            return gone(e);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e)
              throws IOException {
            return e == null ? visited(each, folder) : gone(e);
          }
        });
  }

  private static FileVisitResult visited(Path each, Visit visit) throws IOException {
    try {
      visit.of(each);
      return CONTINUE;
    } catch (NoSuchFileException e) {
      return CONTINUE;
    }
  }

  private static FileVisitResult gone(IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return CONTINUE;
    }
    throw e;
  }

  private Optional<Entry> found(Path file) throws IOException {
    return Files.isRegularFile(file) && !isUnfinished(file)
        ? Optional.of(new Entry(key(file), Files.size(file)))
        : Optional.empty();
  }

  private static boolean isUnfinished(Path file) {
    return String.valueOf(file.getFileName()).startsWith(UNFINISHED);
  }

  /** One that a file came into meanwhile stays. */
  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("{} is in use", folder);
    }
  }

  private void replace(String key, Content content) {
    var target = path(key);
    var folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("not a key of the artifact store: '" + key + "'");
    }
    var unfinished = folder.resolve(UNFINISHED + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      try (var channel = creator.create(unfinished)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      try (var directory = FileChannel.open(folder)) {
        directory.force(true);
      }
    } catch (IOException e) {
      discard(unfinished);
      throw unavailable("write " + key, e);
    }
  }

  private static void discard(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      unfinished.toFile().deleteOnExit();
    }
  }

  private StageFailure.StorageUnavailable unavailable(String action, Exception cause) {
    var detail = String.valueOf(cause.getMessage());
    var advice =
        detail.contains("No space left")
            ? "the volume is full: free space or enlarge it"
            : detail.contains("Read-only")
                ? "the volume is mounted read-only"
                : "check that the volume is mounted and writable for the pod's user";
    return new StageFailure.StorageUnavailable(
        "cannot %s in %s: %s (%s)".formatted(action, describe(), detail, advice), cause);
  }

  private Path path(String key) {
    return root.resolve(ArtifactStore.checked(key));
  }

  private String key(Path file) {
    return root.relativize(file.normalize()).toString().replace('\\', '/');
  }

  /** Makes a new file; tests make one on a full disk. */
  interface Creator {
    FileChannel create(Path file) throws IOException;
  }

  private interface Visit {
    void of(Path each) throws IOException;
  }

  private interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }
}
