package dev.atelier.runtime.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.StageFile;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The part of the store that belongs to one stage of a run: files under {@code attempt-n/}, then
 * one {@code manifest.json} that makes them count.
 */
public final class StageFolder {

  private static final String MANIFEST = "manifest.json";
  private static final ObjectMapper JSON = StageJson.json();

  private final ArtifactStore store;
  private final StageFile file;
  private final String slot;
  private final Clock clock;
  private final List<Manifest.StoredFile> files = new ArrayList<>();
  private final List<Manifest.Judged> safety = new ArrayList<>();
  private final Set<Manifest.Advised> advised = new LinkedHashSet<>();

  /**
   * @param slot directory of the stage below the run: {@code train}, {@code sample/shard-3}
   */
  public StageFolder(ArtifactStore store, StageFile file, String slot, Clock clock) {
    this.store = store;
    this.file = file;
    this.slot = slot;
    this.clock = clock;
  }

  /** A published manifest with its key and digest. */
  public record Published(String key, String sha256, Manifest manifest) {}

  /** Key of this stage's directory, for checkpoints and the like. */
  public String prefix() {
    return file.prefix() + "/" + slot;
  }

  /** Stores a file of this attempt. */
  public Manifest.StoredFile put(String name, Path source, String mediaType) throws IOException {
    var key = key(name);
    store.put(key, source);
    return keep(
        new Manifest.StoredFile(name, key, mediaType, Files.size(source), Digests.of(source)));
  }

  /** Stores bytes as a file of this attempt. */
  public Manifest.StoredFile put(String name, byte[] content, String mediaType) {
    var key = key(name);
    store.put(key, content);
    return keep(new Manifest.StoredFile(name, key, mediaType, content.length, Digests.of(content)));
  }

  /**
   * Counts a file of this run that lies elsewhere: one that outlives attempts, or one that another
   * stage published.
   */
  public Manifest.StoredFile adopt(Manifest.StoredFile stored) {
    return keep(stored);
  }

  /** Says in the manifest why a picture was blocked or marked. */
  public void judged(Manifest.Judged picture) {
    safety.add(picture);
  }

  /** Says in the manifest what a prompt holds that is drawn all the same; whether that is news. */
  public boolean advised(Manifest.Advised prompt) {
    return advised.add(prompt);
  }

  /** What {@link #advised(Manifest.Advised)} was told. */
  public List<Manifest.Advised> advised() {
    return List.copyOf(advised);
  }

  /** Publishes everything put so far, in one step. */
  public TerminationMessage publish(Map<String, String> provenance, TerminationMessage words) {
    var manifest =
        new Manifest(
            file.stage().stage().title(),
            file.run().id(),
            file.run().attempt(),
            inputSha256(),
            clock.instant(),
            List.copyOf(files),
            Collections.unmodifiableSortedMap(new TreeMap<>(provenance)),
            List.copyOf(safety),
            advised(),
            words);
    var bytes = StageJson.pretty(manifest);
    store.put(prefix() + "/" + MANIFEST, bytes);
    return named(words, Digests.of(bytes));
  }

  /** What an earlier attempt with the very same input already published, if it is all there. */
  public Optional<TerminationMessage> alreadyPublished() {
    return ofThisInput().filter(published -> intact(published.manifest())).map(this::words);
  }

  /** The words of what was just published from the very same input by another process. */
  public Optional<TerminationMessage> publishedWords() {
    return ofThisInput().map(this::words);
  }

  private Optional<Published> ofThisInput() {
    return read(slot).filter(published -> published.manifest().inputSha256().equals(inputSha256()));
  }

  private TerminationMessage words(Published published) {
    return named(published.manifest().words(), published.sha256());
  }

  /** The manifest of another stage of this run. */
  public Optional<Published> read(String otherSlot) {
    return read(store, file.prefix() + "/" + otherSlot + "/" + MANIFEST);
  }

  /** The manifest of a stage of this run that must have published. */
  public Published required(String otherSlot) {
    return read(otherSlot)
        .orElseThrow(
            () ->
                new StageFailure.BadInput(
                    "stage %s of run %s has no manifest in %s: %s has not published anything; start the run anew by raising spec.runNonce"
                        .formatted(otherSlot, file.run().id(), store.describe(), otherSlot)));
  }

  /** The manifest under a key. */
  public static Optional<Published> read(ArtifactStore store, String key) {
    return store
        .read(key)
        .map(
            bytes -> {
              try {
                return new Published(key, Digests.of(bytes), JSON.readValue(bytes, Manifest.class));
              } catch (IOException e) {
                throw new StageFailure.BadInput(
                    "%s in %s is not a manifest of this version: %s"
                        .formatted(key, store.describe(), e.getMessage()),
                    e);
              }
            });
  }

  /** A local copy of a published file whose digest was checked. */
  public static Path open(ArtifactStore store, Manifest.StoredFile stored) {
    var local =
        store
            .local(stored.path())
            .orElseThrow(
                () ->
                    new StageFailure.BadInput(
                        "%s is listed in the manifest but is not in %s; start the run anew by raising spec.runNonce"
                            .formatted(stored.path(), store.describe())));
    try {
      if (Files.size(local) != stored.sizeBytes() || !Digests.of(local).equals(stored.sha256())) {
        throw new StageFailure.BadInput(
            "%s in %s is damaged: its digest is not the manifest's; start the run anew by raising spec.runNonce"
                .formatted(stored.path(), store.describe()));
      }
      return local;
    } catch (IOException e) {
      throw new StageFailure.StorageUnavailable(
          "cannot read %s in %s: %s".formatted(stored.path(), store.describe(), e.getMessage()), e);
    }
  }

  private boolean intact(Manifest manifest) {
    try {
      for (var stored : manifest.files()) {
        open(store, stored);
      }
      return true;
    } catch (StageFailure.BadInput e) {
      return false;
    }
  }

  private TerminationMessage named(TerminationMessage words, String digest) {
    return words.withManifest(prefix() + "/" + MANIFEST, digest);
  }

  private Manifest.StoredFile keep(Manifest.StoredFile stored) {
    files.removeIf(other -> other.name().equals(stored.name()));
    files.add(stored);
    return stored;
  }

  private String key(String name) {
    return ArtifactStore.checked(prefix() + "/attempt-" + file.run().attempt() + "/" + name);
  }

  /** Digest of what the stage was asked to do. */
  public String inputSha256() {
    return Digests.of(StageJson.pretty(file.stage()));
  }
}
