package dev.atelier.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code atelier pretrain}. */
@Command(
    name = "pretrain",
    header = "Train the samples' small models from nothing.",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "Draws portraits, or films of moving shapes, and trains tokenizer, autoencoder, text encoder",
      "and denoiser on them, in the layouts of diffusers and transformers. Hours on a processor;",
      "whatever ends it, the same command goes on with it.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  ./atelier pretrain model ~/portrait-v1",
      "  ./atelier pretrain sheet ~/portrait-v1/model sheet.png",
      "  ./atelier pretrain reader ~/portrait-v1",
      "  ./atelier pretrain judge ~/portrait-v1 samples/headshot/models/tiny-portrait",
      "  ./atelier pretrain video ~/video-v1",
      "  ./atelier pretrain watch ~/video-v1/model",
      "  ./atelier pretrain upscaler ~/upscaler-v1"
    })
final class PretrainCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private PretrainCommand() {}

  /** The command with its own commands. */
  static CommandLine with(Services services) {
    var line =
        new CommandLine(new PretrainCommand())
            .addSubcommand(new PretrainModelCommand(services))
            .addSubcommand(new PretrainVideoCommand(services))
            .addSubcommand(new PretrainUpscalerCommand(services))
            .addSubcommand(new PretrainReaderCommand(services))
            .addSubcommand(new PretrainJudgeCommand(services))
            .addSubcommand(new PretrainWatchCommand(services))
            .addSubcommand(new PretrainSheetCommand(services))
            .addSubcommand(new PretrainFilmsCommand(services))
            .addSubcommand(new PretrainPhotosCommand(services));
    line.getSubcommands().values().forEach(Atelier::withHelp);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
