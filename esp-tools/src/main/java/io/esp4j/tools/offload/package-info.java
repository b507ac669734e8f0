/**
 * {@code esp offload}: plays scenarios of the simulated NIC and shows what came of them.
 *
 * <p>Scenarios are JSON ({@link io.esp4j.tools.offload.ScenarioReader}); those that come with the command are among its resources, others
 * are named by their files. A report is one page of HTML that needs nothing else ({@link io.esp4j.tools.offload.Report}); captures
 * have a file for each link, with the keys beside them.
 */
package io.esp4j.tools.offload;
