// Draws every chart of a page.
"use strict";
