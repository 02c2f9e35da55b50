package dev.atelier.runtime.latent;

import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.PrepareVideoInput.LatentShape;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.util.List;

/**
 * {@code latents.json}: which file holds what of which clip.
 *
 * @param latentEncoder digest of the autoencoder that made the latents
 * @param captionEncoder digest of the text encoder that made the embeddings
 * @param shapes sizes and lengths that every clip is there in
 */
public record LatentIndex(
    String schema,
    String latentEncoder,
    String captionEncoder,
    List<LatentShape> shapes,
    List<Entry> clips) {

  /** What provenance calls the autoencoder's digest. */
  public static final String LATENT_ENCODER = "latentEncoderSha256";

  /** What provenance calls the digest of tokenizer and text encoder. */
  public static final String CAPTION_ENCODER = "captionEncoderSha256";

  /** The version of the form. */
  public static final String SCHEMA = "atelier.dev/latents/v1";

  public LatentIndex {
    shapes = List.copyOf(shapes);
    clips = List.copyOf(clips);
  }

  /**
   * A clip.
   *
   * @param file name of the safetensors file in the manifest
   * @param image whether it is a picture: its latents have one frame
   */
  public record Entry(String id, String file, boolean image, String caption) {}

  /** Name of a clip's latents in its file, {@code [channels, frames, height, width]}. */
  public static String latents(String shape, String clip) {
    return "latents/" + shape + "/" + clip;
  }

  /** Name of a caption's embedding in its file, {@code [tokens, width]}. */
  public static String caption(String clip) {
    return "captions/" + clip;
  }

  /** Name of the empty caption's embedding, which every file holds. */
  public static final String NO_CAPTION = "no-caption";

  /**
   * Reads an index.
   *
   * @throws StageFailure.BadInput if it is none of this version
   */
  public static LatentIndex read(byte[] json) {
    try {
      var index = StageJson.json().readValue(json, LatentIndex.class);
      if (!index.schema().equals(SCHEMA)) {
        throw new StageFailure.BadInput(
            "the latents were written as %s, this image reads %s; raise spec.runNonce to prepare the clips again"
                .formatted(index.schema(), SCHEMA));
      }
      return index;
    } catch (IOException e) {
      throw new StageFailure.BadInput(
          "latents.json is not an index of latents: " + e.getMessage(), e);
    }
  }

  /** Clips, or pictures. */
  public List<Entry> entries(boolean pictures) {
    return clips.stream().filter(entry -> entry.image() == pictures).toList();
  }

  /** The file's bytes. */
  public byte[] json() {
    return StageJson.pretty(this);
  }

  /**
   * Refuses latents of another autoencoder and embeddings of another text encoder: a model would
   * learn to draw noise from them.
   */
  public void require(String autoencoder, String textEncoder) {
    require("latents", "autoencoder", latentEncoder, autoencoder);
    require("caption embeddings", "text encoder", captionEncoder, textEncoder);
  }

  private static void require(String what, String model, String made, String there) {
    if (!made.equals(there)) {
      throw new StageFailure.BadInput(
          "the %s were made with another %s (digest %s, the model's is %s); raise spec.runNonce to prepare the clips again with the DiffusionRuntime's model"
              .formatted(what, model, made, there));
    }
  }
}
