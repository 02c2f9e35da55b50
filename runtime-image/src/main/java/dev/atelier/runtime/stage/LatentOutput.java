package dev.atelier.runtime.stage;

import dev.atelier.runtime.clip.Buckets;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.latent.ClipTensors;
import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.latent.LatentPart;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.PrepareVideoInput.LatentShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Latents of every clip in every size that training asks for, and embeddings of the captions: one
 * safetensors file for each part.
 */
record LatentOutput(
    Torch torch, VideoEncoders.Opened encoders, List<LatentShape> shapes, Path scratch)
    implements ClipOutput {

  private static final String MEDIA_TYPE = "application/x-safetensors";

  @Override
  public Writing begin(WorkLedger ledger, String digest) {
    var part = new LatentPart(encoders.latents(), encoders.captions());
    return new Writing() {
      @Override
      public void add(ClipRecord clip, List<RgbImage> frames) {
        for (var shape : shapes) {
          try (Scope scope = Scope.open()) {
            part.add(shape.name(), clip.id(), ClipTensors.of(torch, fitted(shape, frames)));
          }
        }
        part.caption(clip.id(), Objects.requireNonNull(clip.caption()));
      }

      @Override
      public List<Manifest.StoredFile> finish() throws IOException {
        var file = scratch.resolve(digest.substring(0, 24) + ".safetensors");
        part.write(file);
        var stored = ledger.put(digest, PreparedClips.PARTS + file.getFileName(), file, MEDIA_TYPE);
        Files.delete(file);
        return List.of(stored);
      }

      @Override
      public void close() {
        part.close();
      }
    };
  }

  @Override
  public String protocol() {
    return "latents %s %s, captions %s, %s"
        .formatted(
            encoders.latents().sha256(),
            encoders.latents().way(),
            encoders.captions().sha256(),
            shapes);
  }

  @Override
  public Map<String, String> facts() {
    return Map.of(
        LatentIndex.LATENT_ENCODER, encoders.latents().sha256(),
        LatentIndex.CAPTION_ENCODER, encoders.captions().sha256());
  }

  /** The middle of the clip, in the bucket of the size that is nearest in shape. */
  private static List<RgbImage> fitted(LatentShape shape, List<RgbImage> frames) {
    var first = frames.get(0);
    var bucket = Buckets.of(shape.width(), shape.height()).nearest(first.width(), first.height());
    int count = Math.min(shape.frames(), frames.size());
    int from = (frames.size() - count) / 2;
    return frames.subList(from, from + count).stream().map(bucket::fit).toList();
  }
}
