package dev.atelier.runtime.stage;

/** How well the pictures of a round show what their prompts ask for; higher is better. */
interface PromptAlignment extends AutoCloseable {

  /** The alignment of a round's pictures. */
  double of(RoundPictures.Drawn drawn);

  /** What was measured, with which model. */
  String protocol();

  @Override
  void close();
}
