package dev.atelier.local.cli;

import dev.atelier.local.admission.NearestName;
import dev.atelier.local.workstation.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong and what to do next; a stack trace only for what nobody foresaw. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Console console;

  ErrorReport(Console console) {
    this.console = console;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof UserError known) {
      console.error(known);
      return ExitStatus.FAILED;
    }
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    console.err().print(trace);
    console.error(
        "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()),
        "This should not happen. Please report it with the lines above and `./atelier doctor`.");
    return ExitStatus.FAILED;
  }

  /** For a first word that is no command. */
  private static Optional<String> unknownCommand(ParameterException e) {
    var commands = e.getCommandLine().getSubcommands().keySet();
    if (commands.isEmpty() || !(e instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    var word = unmatched.getUnmatched().get(0);
    var near =
        NearestName.of(word, List.copyOf(commands)).map("; did you mean %s?"::formatted).orElse("");
    return word.startsWith("-")
        ? Optional.empty()
        : Optional.of("there is no command '%s'%s".formatted(word, near));
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    var name = e.getCommandLine().getCommandSpec().qualifiedName();
    console.error(
        unknownCommand(e).orElse(String.valueOf(e.getMessage())),
        "%s --help shows how it is used.".formatted(name));
    console.err().flush();
    return ExitStatus.USAGE;
  }
}
