package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * MTCNN (K. Zhang et al., "Joint Face Detection and Alignment Using Multitask Cascaded
 * Convolutional Networks", 2016): three small networks, each looking closer at what the one before
 * it let through.
 */
public final class MtcnnDetector implements FaceDetector, AutoCloseable {
  private final MtcnnSettings settings;
  private final OnnxNetwork proposalNetwork;
  private final OnnxNetwork refineNetwork;
  private final OnnxNetwork outputNetwork;
  private final ProposalStage proposals;
  private final RefineStage refinement;
  private final OutputStage output;

  /**
   * @param threads threads of each network's run
   */
  public MtcnnDetector(
      ModelFile proposal, ModelFile refine, ModelFile output, MtcnnSettings settings, int threads) {
    this.settings = settings;
    try (var networks = new OpenModels()) {
      this.proposalNetwork = networks.add(new OnnxNetwork(proposal, threads));
      this.refineNetwork = networks.add(new OnnxNetwork(refine, threads));
      this.outputNetwork = networks.kept(new OnnxNetwork(output, threads));
    }
    this.proposals = new ProposalStage(proposalNetwork, settings);
    this.refinement = new RefineStage(refineNetwork, settings.refine());
    this.output = new OutputStage(outputNetwork, settings.output());
  }

  /** The networks that ship with the runtime. */
  public static MtcnnDetector shipped(MtcnnSettings settings, int threads) {
    return new MtcnnDetector(
        ModelFile.shipped("pnet.onnx"),
        ModelFile.shipped("rnet.onnx"),
        ModelFile.shipped("onet.onnx"),
        settings,
        threads);
  }

  @Override
  public List<Face> detect(RgbImage picture) {
    var reduced = Resize.atMost(picture, settings.maxEdge(), Filter.BOX);
    double back = (double) picture.width() / reduced.width();
    return output.faces(reduced, refinement.refine(reduced, proposals.propose(reduced))).stream()
        .map(face -> face.scaled(back))
        .sorted(
            Comparator.comparingDouble((Face face) -> -face.box().width() * face.box().height()))
        .toList();
  }

  @Override
  public String protocol() {
    return String.format(
        Locale.ROOT,
        "mtcnn %.2f/%.2f/%.2f %s",
        settings.proposal(),
        settings.refine(),
        settings.output(),
        outputNetwork.digest());
  }

  @Override
  public void close() {
    try (var networks = new OpenModels()) {
      networks.add(outputNetwork);
      networks.add(refineNetwork);
      networks.add(proposalNetwork);
    }
  }
}
