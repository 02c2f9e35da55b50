package dev.atelier.runtime.perception;

/**
 * How MTCNN looks for faces.
 *
 * @param proposal least probability (0..1) that the first network must give a window
 * @param refine the same for the second network
 * @param output the same for the third network
 * @param minFace smallest face searched for, in pixels of the picture that is searched
 * @param maxEdge pictures are reduced to this longer edge before the search: time grows with the
 *     area
 */
public record MtcnnSettings(
    double proposal, double refine, double output, int minFace, int maxEdge) {

  /** The thresholds of the paper's authors, for photographs. */
  public static MtcnnSettings photographs() {
    return new MtcnnSettings(0.6, 0.7, 0.7, 20, 1024);
  }

  /** The same search with other thresholds. */
  public MtcnnSettings withThresholds(double newProposal, double newRefine, double newOutput) {
    return new MtcnnSettings(newProposal, newRefine, newOutput, minFace, maxEdge);
  }
}
