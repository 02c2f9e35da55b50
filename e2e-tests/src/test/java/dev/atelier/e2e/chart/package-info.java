/** What ships with the operator: charts, alerts, dashboards, Argo CD's scripts, images. */
@NullMarked
package dev.atelier.e2e.chart;

import org.jspecify.annotations.NullMarked;
