/**
 * Every history of a few small scenarios: the product's own use cases, in every order of their
 * steps, with what can go wrong at every point.
 *
 * <p>A use case is code that is decided by the answers it gets. So a process is the list of answers
 * that it has had, and the step that it then asks for is found by running its code on them once;
 * whoever comes to the same list again is at the same {@link crowd.simulation.explore.Place}. The
 * search itself goes over small immutable states, and runs no code twice.
 */
@NullMarked
package crowd.simulation.explore;

import org.jspecify.annotations.NullMarked;
