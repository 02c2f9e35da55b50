package dev.atelier.runtime.stage;

import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.store.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The form in which clips are stored. */
interface ClipOutput {

  /** Begins a part. */
  Writing begin(WorkLedger ledger, String digest);

  /** What the form depends on. */
  String protocol();

  /** What provenance tells of it. */
  default Map<String, String> facts() {
    return Map.of();
  }

  /** A part while it is written. */
  interface Writing extends AutoCloseable {

    /** Adds a clip with its caption. */
    void add(ClipRecord clip, List<RgbImage> frames) throws IOException;

    /** Stores the part. */
    List<Manifest.StoredFile> finish() throws IOException;

    @Override
    default void close() {}
  }
}
