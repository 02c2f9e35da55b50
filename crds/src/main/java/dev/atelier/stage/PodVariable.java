package dev.atelier.stage;

import java.util.Map;
import java.util.OptionalLong;

/** Every environment variable of a stage's pod that the contract knows. */
public enum PodVariable {
  POD_IP("POD_IP", "0.0.0.0", "the operator", "Address that progress and metrics are served at."),
  PORT(
      "ATELIER_PORT",
      "8080",
      "whoever starts it by hand",
      "Port of /progress, /metrics and /healthz. 0: a free one."),
  API_PORT(
      "ATELIER_API_PORT",
      "8000",
      "whoever starts it by hand",
      "Port of a served model's API. 0: a free one."),
  COMPLETION_INDEX(
      "JOB_COMPLETION_INDEX",
      "",
      "Kubernetes",
      "Which share of the work is this pod's, where several share it."),
  MASTER_ADDR("MASTER_ADDR", "", "the operator", "Of a JobSet: host name of the pod of rank 0."),
  MASTER_PORT("MASTER_PORT", "", "the operator", "Of a JobSet: port of the pod of rank 0."),
  WORLD_SIZE("WORLD_SIZE", "", "the operator", "Of a JobSet: how many pods train together."),
  RANK("RANK", "", "the operator", "Of a JobSet: number of this pod, from 0."),
  ROOT(
      "ATELIER_ROOT",
      "/",
      "a workstation's node",
      "Folder that the container's absolute paths start from."),
  PARENT_PID(
      "ATELIER_PARENT_PID",
      "",
      "a workstation's node",
      "Process whose end ends this one: no pod outlives its node.");

  private final String variable;
  private final String standard;
  private final String writer;
  private final String meaning;

  PodVariable(String variable, String standard, String writer, String meaning) {
    this.variable = variable;
    this.standard = standard;
    this.writer = writer;
    this.meaning = meaning;
  }

  /** Name in the environment. */
  public String variable() {
    return variable;
  }

  /** What holds where it is absent; empty where its absence says something itself. */
  public String standard() {
    return standard;
  }

  /** Who sets it. */
  public String writer() {
    return writer;
  }

  /** What it tells. */
  public String meaning() {
    return meaning;
  }

  /** Its value, or what holds without one. */
  public String in(Map<String, String> environment) {
    var text = environment.getOrDefault(variable, "").strip();
    return text.isEmpty() ? standard : text;
  }

  /**
   * Its value as a number; empty where it is absent and nothing holds without it.
   *
   * @throws IllegalArgumentException if it is no number; it is named
   */
  public OptionalLong number(Map<String, String> environment) {
    var text = in(environment);
    try {
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "environment variable %s is '%s', a number is needed".formatted(variable, text), e);
    }
  }
}
