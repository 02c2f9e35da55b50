package dev.atelier.operator.job;

import java.util.Set;

/**
 * How the pods of stages are fenced off.
 *
 * @param operatorNamespace whose operator may ask them how far they are
 * @param scrapers namespaces whose pods may read their metrics
 */
public record Isolation(String operatorNamespace, Set<String> scrapers) {

  public Isolation {
    scrapers = Set.copyOf(scrapers);
  }
}
