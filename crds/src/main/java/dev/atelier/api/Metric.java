package dev.atelier.api;

/** What can be measured on pictures and clips. */
public enum Metric {
  /** Face similarity of the pictures to the photos, 1 is the same face. */
  IdentitySimilarity,
  /** Image-to-image similarity of the pictures to the photos. */
  ImageSimilarity,
  /** CLIP similarity of picture and prompt. */
  ClipText,
  /** CLIP similarity of pictures and photos. */
  ClipImage,
  /** DINO similarity of pictures and photos. */
  DinoImage,
  /** How different the pictures of one prompt are from each other. */
  Diversity,
  /** Similarity to the nearest training photo; near 1 means that photos are copied. */
  Memorisation,
  /** Frechet Inception Distance. */
  FrechetInception,
  /** Kernel Inception Distance. */
  KernelInception,
  /** Inception Score. */
  InceptionScore,
  /** Frechet Video Distance. */
  FrechetVideo,
  /** Similarity of neighbouring frames. */
  TemporalConsistency
}
