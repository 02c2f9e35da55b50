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
  /** CLIP maximum mean discrepancy (CMMD) of pictures and photos, lower is better. */
  ClipDiscrepancy,
  /** DINO similarity of pictures and photos. */
  DinoImage,
  /** Share of the pictures in which a face is found. */
  FaceDetectionRate,
  /** How different the pictures of one prompt are from each other. */
  Diversity,
  /** Similarity to the nearest training photo; near 1 means that photos are copied. */
  Memorisation,
  /** Frechet Inception Distance. */
  FrechetInception,
  /** The same of pictures resized with antialiasing, as clean-fid computes it. */
  FrechetInceptionClean,
  /** Kernel Inception Distance. */
  KernelInception,
  /** Inception Score. */
  InceptionScore,
  /** Share of the pictures that look like photos (Kynkaanniemi et al. 2019). */
  Precision,
  /** Share of the photos that some picture looks like (Kynkaanniemi et al. 2019). */
  Recall,
  /** Photos around each picture, robust to outliers (Naeem et al. 2020). */
  Density,
  /** Share of the photos with a picture nearby (Naeem et al. 2020). */
  Coverage,
  /** Frechet Video Distance. */
  FrechetVideo,
  /** Similarity of neighbouring frames. */
  TemporalConsistency,
  /** How far the brightness of small areas jumps from frame to frame, in grey levels of 255. */
  Flicker,
  /** Mean displacement from frame to frame, in percent of the frame's width. */
  Motion,
  /** Share of the frames that repeat the one before. */
  RepeatedFrames
}
