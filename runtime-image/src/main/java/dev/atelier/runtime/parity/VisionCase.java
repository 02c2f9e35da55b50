package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PillowResize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.model.vision.FidPixels;
import dev.atelier.runtime.model.vision.ImageProcessor;
import dev.atelier.runtime.model.vision.InceptionV3;
import dev.atelier.runtime.model.vision.VisionTransformer;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Networks that read pictures, and the processors before them. */
final class VisionCase implements CaseRunner {
  private static final Set<String> BUILT =
      Set.of(
          "models/clip_full",
          "models/vit_dino",
          "models/dinov2",
          "models/inception_v3_fid",
          "models/image_processors");

  @Override
  public boolean accepts(ParityCase parityCase) {
    return BUILT.contains(parityCase.name());
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) throws IOException {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    return switch (parityCase.name()) {
      case "models/clip_full" -> clip(torch, parityCase, inputs);
      case "models/inception_v3_fid" -> inception(torch, parityCase, inputs);
      case "models/image_processors" -> processors(torch, parityCase, inputs);
      default -> transformer(torch, parityCase, inputs);
    };
  }

  private static Map<String, Tensor> clip(
      Torch torch, ParityCase parityCase, Map<String, Tensor> inputs) {
    var outputs = new LinkedHashMap<String, Tensor>();
    try (var model = ClipModel.load(torch, parityCase.folder(), StoredWeights.Storage.MAPPED)) {
      var states = model.vision(UNetCase.required(inputs, "pixel_values"));
      Tensor images = model.imageFeatures(states);
      Tensor texts = model.textFeatures(UNetCase.required(inputs, "input_ids"));
      Tensor unitImages = ClipModel.unit(images);
      Tensor unitTexts = ClipModel.unit(texts);
      Tensor logits = unitTexts.matmul(unitImages.permute(1, 0)).mul(model.logitScale());
      outputs.put("vision_last_hidden_state", states.last());
      outputs.put("vision_pooler", states.pooled());
      outputs.put("image_features", images);
      outputs.put("text_features", texts);
      outputs.put("image_embeds", unitImages);
      outputs.put("text_embeds", unitTexts);
      outputs.put("logits_per_text", logits);
      outputs.put("logits_per_image", logits.permute(1, 0));
    }
    return outputs;
  }

  private static Map<String, Tensor> transformer(
      Torch torch, ParityCase parityCase, Map<String, Tensor> inputs) {
    var outputs = new LinkedHashMap<String, Tensor>();
    try (var model =
        VisionTransformer.load(torch, parityCase.folder(), StoredWeights.Storage.MAPPED)) {
      var states = model.forward(UNetCase.required(inputs, "pixel_values"));
      var other = model.forward(UNetCase.required(inputs, "pixel_values_other_size"));
      outputs.put("last_hidden_state", states.last());
      outputs.put("cls", states.pooled());
      outputs.put("other_size_last_hidden_state", other.last());
      outputs.put("other_size_cls", other.pooled());
    }
    return outputs;
  }

  private static Map<String, Tensor> inception(
      Torch torch, ParityCase parityCase, Map<String, Tensor> inputs) throws IOException {
    var formula =
        new ObjectMapper()
            .readTree(Files.readAllBytes(parityCase.folder().resolve("weights_formula.json")));
    var pixels = FidPixels.of(torch, pictures(UNetCase.required(inputs, "image_uint8")));
    var outputs = new LinkedHashMap<String, Tensor>();
    try (var network = new InceptionV3(new FormulaWeights(torch, formula))) {
      var features = network.forward(pixels);
      outputs.put("64", features.low());
      outputs.put("192", features.early());
      outputs.put("768", features.middle());
      outputs.put("2048", features.pooled());
      outputs.put("logits_unbiased", features.logits());
      outputs.put("logits", features.biased());
    }
    int last = FidPixels.EDGE - 32;
    Tensor resized = pixels.mul(128).add(128);
    outputs.put("resized_top_left_32", resized.narrow(2, 0, 32).narrow(3, 0, 32));
    outputs.put("resized_bottom_right_32", resized.narrow(2, last, 32).narrow(3, last, 32));
    return outputs;
  }

  /** {@code [batch, 3, height, width]} to pictures. */
  private static List<RgbImage> pictures(Tensor batch) {
    int height = (int) batch.size(2);
    int width = (int) batch.size(3);
    var pictures = new ArrayList<RgbImage>();
    for (int i = 0; i < batch.size(0); i++) {
      Tensor rows = batch.narrow(0, i, 1).permute(0, 2, 3, 1).contiguous();
      pictures.add(new RgbImage(width, height, rows.toFloats()));
    }
    return pictures;
  }

  private static Map<String, Tensor> processors(
      Torch torch, ParityCase parityCase, Map<String, Tensor> inputs) {
    Tensor stored = UNetCase.required(inputs, "image_uint8_hwc");
    var picture = new RgbImage((int) stored.size(1), (int) stored.size(0), stored.toFloats());
    var outputs = new LinkedHashMap<String, Tensor>();
    for (String name : List.of("clip", "dinov2", "vit")) {
      var config =
          ModelConfig.read(parityCase.folder().resolve(name + "_preprocessor_config.json"));
      outputs.put(name, ImageProcessor.from(config).pixels(torch, List.of(picture)));
    }
    var reduced = PillowResize.to(picture, 40, 32, Filter.LANCZOS);
    outputs.put(
        "vae_preprocess_lanczos_32x40",
        torch.tensor(reduced.values(), 1, 32, 40, 3).permute(0, 3, 1, 2).mul(2 / 255.0).add(-1));
    return outputs;
  }
}
