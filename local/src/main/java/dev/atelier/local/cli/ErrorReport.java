package dev.atelier.local.cli;

import dev.atelier.local.workstation.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
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

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    var name = e.getCommandLine().getCommandSpec().qualifiedName();
    console.error(
        String.valueOf(e.getMessage()), "%s --help shows how it is used.".formatted(name));
    UnmatchedArgumentException.printSuggestions(e, console.err());
    console.err().flush();
    return ExitStatus.USAGE;
  }
}
