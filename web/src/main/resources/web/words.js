/** Says the words of the HTML in the reader's language, before the rest of the page has arrived. */
import { translate } from "./texts.js";

translate();
