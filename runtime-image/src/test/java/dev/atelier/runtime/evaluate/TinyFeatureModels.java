package dev.atelier.runtime.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.model.vision.InceptionV3;
import dev.atelier.runtime.perception.TinyClipNetwork;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.tensor.RandomWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folders of feature models with some thousand weights, which stand for large ones. */
public final class TinyFeatureModels {
  private TinyFeatureModels() {}

  /** The fixture's model with a tokenizer of letters, which its vocabulary has room for. */
  public static Path clip(Path folder, String name) throws IOException {
    var clip = copied(folder, "models/clip_full", name);
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (char letter = 'a'; letter <= 'z'; letter++) {
      vocabulary.put(String.valueOf(letter), vocabulary.size());
      vocabulary.put(letter + "</w>", vocabulary.size());
    }
    for (char digit = '0'; digit <= '9'; digit++) {
      vocabulary.put(digit + "</w>", vocabulary.size());
    }
    vocabulary.put("<|startoftext|>", 97);
    vocabulary.put("<|endoftext|>", 98);
    Files.write(clip.resolve("vocab.json"), new ObjectMapper().writeValueAsBytes(vocabulary));
    Files.writeString(clip.resolve("merges.txt"), "#version: 0.2\n");
    Files.writeString(clip.resolve("tokenizer_config.json"), "{\"model_max_length\": 20}");
    processor("clip", clip, 16, "\"shortest_edge\": 32");
    return clip;
  }

  public static Path dino(Path folder) throws IOException {
    var dino = copied(folder, "models/dinov2", "dino");
    processor("dinov2", dino, 24, "\"shortest_edge\": 40");
    return dino;
  }

  private static void processor(String name, Path to, int edge, String shortest)
      throws IOException {
    var json =
        Files.readString(
            SamplePhotos.resource(
                "fixtures/models/image_processors/" + name + "_preprocessor_config.json"));
    Files.writeString(
        to.resolve("preprocessor_config.json"),
        json.replace(shortest, "\"shortest_edge\": " + edge)
            .replace("\"height\": 32", "\"height\": " + edge)
            .replace("\"width\": 32", "\"width\": " + edge));
  }

  private static Path copied(Path folder, String fixture, String name) throws IOException {
    var to = Files.createDirectories(folder.resolve(name));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(SamplePhotos.resource("fixtures/" + fixture + "/" + file), to.resolve(file));
    }
    return to;
  }

  /**
   * A network that reads whole clips: one feature for each colour, the mean over all pixels of all
   * frames; or where it reads so many frames, one for each of these, in their order.
   *
   * @param frames 0 for any number
   */
  public static Path video(Path folder, int frames) throws IOException {
    var video = Files.createDirectories(folder.resolve("video-" + frames));
    TinyClipNetwork.write(
        video.resolve("model.onnx"),
        List.of(0, frames == 0 ? 3 : 0, frames, 0, 0),
        frames == 0 ? List.of(2, 3, 4) : List.of(1, 3, 4));
    Files.writeString(
        video.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "do_rescale": true, "do_normalize": true, "do_center_crop": true,
         "size": {"shortest_edge": 24}, "crop_size": {"height": 24, "width": 24}, "resample": 2,
         "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
        """);
    return video;
  }

  /** Opens the folders that are there. */
  static FeatureModels open(
      Torch torch, @Nullable Path clip, @Nullable Path dino, @Nullable Path video)
      throws IOException {
    return FeatureModels.open(
        torch, input(clip, dino, video), at -> Path.of(at.url().substring("file://".length())));
  }

  /** What a DiffusionRuntime says that has the folders that are there. */
  static PerceptionInput input(@Nullable Path clip, @Nullable Path dino, @Nullable Path video) {
    return new PerceptionInput(
        new PerceptionInput.FaceDetector("mtcnn", null, List.of(0.6, 0.7, 0.7)),
        new PerceptionInput.FaceEmbedding("dlib128", null, 0.6),
        new PerceptionInput.Nudity("open_nsfw", null, 0.8, 0.3),
        location(clip),
        location(dino),
        null,
        location(video),
        null);
  }

  private static @Nullable StoreLocation location(@Nullable Path path) {
    return path == null ? null : StoreLocation.directory(path.toString());
  }

  /** The FID network with random weights. */
  static InceptionReader inception(Torch torch) {
    var network = new InceptionV3(new ZeroVariances(new RandomWeights(torch, 5)));
    return new InceptionReader(torch, network, "inception random");
  }

  /** Random variances may be negative, which none is: zero stands for all of them. */
  private record ZeroVariances(Weights weights) implements Weights {
    @Override
    public Torch torch() {
      return weights.torch();
    }

    @Override
    public boolean has(String name) {
      return weights.has(name);
    }

    @Override
    public Tensor take(String name, long... shape) {
      Tensor value = weights.take(name, shape);
      return name.endsWith("running_var") ? value.copyInPlace(value.mul(0)) : value;
    }

    @Override
    public void ignore(String name) {
      weights.ignore(name);
    }

    @Override
    public void finish() {
      weights.finish();
    }
  }
}
