package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.util.ArrayList;
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
    var faces = search(reduced);
    return faces.stream()
        .filter(face -> face.box().width() >= LEAST_SHARE * faces.get(0).box().width())
        .map(face -> face.scaled(back))
        .toList();
  }

  /**
   * Goes from large faces to small ones, and ends where smaller ones do not count any more: nearly
   * all the work is the search for the smallest.
   */
  private List<Face> search(RgbImage picture) {
    var scales = proposals.scales(picture);
    var windows = new ArrayList<Candidate>();
    var faces = List.<Face>of();
    double wanted = Double.MAX_VALUE; // the narrowest face that counts, as far as it is known
    for (int i = 0; i < scales.size(); i++) {
      windows.addAll(proposals.propose(picture, scales.get(i)));
      double narrowest = ProposalStage.narrowest(scales.get(i));
      if (narrowest <= wanted || i == scales.size() - 1) {
        faces = faces(picture, ProposalStage.together(windows));
        wanted = faces.isEmpty() ? wanted : LEAST_SHARE * faces.get(0).box().width();
        if (!faces.isEmpty() && narrowest <= wanted) {
          break;
        }
      }
    }
    return faces;
  }

  private List<Face> faces(RgbImage picture, List<Candidate> windows) {
    return output.faces(picture, refinement.refine(picture, windows)).stream()
        .sorted(
            Comparator.comparingDouble((Face face) -> -face.box().width() * face.box().height()))
        .toList();
  }

  @Override
  public String protocol() {
    return String.format(
        Locale.ROOT,
        "mtcnn %.2f/%.2f/%.2f, large faces first, %s",
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
