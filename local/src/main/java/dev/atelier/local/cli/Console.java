package dev.atelier.local.cli;

import dev.atelier.local.cli.view.Colour;
import dev.atelier.local.cli.view.Terminal;
import dev.atelier.local.workstation.UserError;
import java.io.PrintWriter;
import java.util.List;

/**
 * Where a command writes: results to one stream, errors with a next step to the other.
 *
 * @param terminal what {@code out} can show
 */
public record Console(PrintWriter out, PrintWriter err, Terminal terminal) {

  /** A line of the result. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Lines of the result. */
  public void say(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  /** Text that ends its own lines. */
  public void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Something beside the result, which a pipe does not carry. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  /** An error and what to do about it. */
  public void error(UserError error) {
    error(String.valueOf(error.getMessage()), error.advice());
  }

  /** An error and what to do about it. */
  public void error(String message, String advice) {
    err.println(terminal.paint(Colour.BAD, "error:") + " " + message);
    err.println("  " + advice);
    err.flush();
  }
}
