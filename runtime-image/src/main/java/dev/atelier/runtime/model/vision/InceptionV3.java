package dev.atelier.runtime.model.vision;

import static dev.atelier.runtime.model.vision.InceptionBlocks.chain;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The InceptionV3 of FID: TensorFlow's network of 2015 under the names of pytorch-fid and
 * torch-fidelity. Not torchvision's InceptionV3, whose numbers are not FID.
 */
public final class InceptionV3 implements AutoCloseable {
  private static final int CLASSES = 1008;
  private static final int WIDTH = 2048;

  private final InceptionBlocks blocks;
  private final UnaryOperator<Tensor> toLow;
  private final UnaryOperator<Tensor> toEarly;
  private final UnaryOperator<Tensor> toMiddle;
  private final UnaryOperator<Tensor> toPooled;
  private final Tensor classes;
  private final Tensor bias;

  /** Builds the network and takes every weight it needs; fails if any is left over. */
  public InceptionV3(Weights weights) {
    blocks = new InceptionBlocks(weights);
    toLow =
        chain(
            blocks.cut("Conv2d_1a_3x3", 3, 32, 2),
            blocks.cut("Conv2d_2a_3x3", 32, 32, 1),
            blocks.kept("Conv2d_2b_3x3", 32, 64, 3, 3),
            InceptionBlocks.HALVE);
    toEarly =
        chain(
            blocks.one("Conv2d_3b_1x1", 64, 80),
            blocks.cut("Conv2d_4a_3x3", 80, 192, 1),
            InceptionBlocks.HALVE);
    toMiddle =
        chain(
            blocks.a("Mixed_5b", 192, 32),
            blocks.a("Mixed_5c", 256, 64),
            blocks.a("Mixed_5d", 288, 64),
            blocks.b("Mixed_6a", 288),
            blocks.c("Mixed_6b", 128),
            blocks.c("Mixed_6c", 160),
            blocks.c("Mixed_6d", 160),
            blocks.c("Mixed_6e", 192));
    toPooled =
        chain(
            blocks.d("Mixed_7a"),
            blocks.e("Mixed_7b", 1280, InceptionBlocks.AVERAGE),
            blocks.e("Mixed_7c", 2048, InceptionBlocks.MAXIMUM));
    classes = weights.take("fc.weight", CLASSES, WIDTH);
    bias = weights.take("fc.bias", CLASSES);
    weights.finish();
  }

  /** Reads {@code model.safetensors} of a folder. */
  public static InceptionV3 load(Torch torch, Path folder) {
    return new InceptionV3(
        StoredWeights.open(torch, folder, "model", StoredWeights.Storage.MAPPED));
  }

  /** Pixels {@code [batch, 3, 299, 299]}, made by {@link FidPixels}. */
  public InceptionFeatures forward(Tensor pixels) {
    Tensor low = toLow.apply(pixels);
    Tensor early = toEarly.apply(low);
    Tensor middle = toMiddle.apply(early);
    Tensor pooled = pooled(toPooled.apply(middle));
    Tensor logits = Ops.linear(pooled, classes, Optional.empty());
    return new InceptionFeatures(
        pooled(low), pooled(early), pooled(middle), pooled, logits, logits.add(bias));
  }

  private static Tensor pooled(Tensor x) {
    return x.mean(2, 3).reshape(x.size(0), x.size(1));
  }

  @Override
  public void close() {
    blocks.close();
    classes.close();
    bias.close();
  }
}
