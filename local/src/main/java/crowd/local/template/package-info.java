/** What the local run needs of template.yaml, so that both runs follow one description. */
@NullMarked
package crowd.local.template;

import org.jspecify.annotations.NullMarked;
