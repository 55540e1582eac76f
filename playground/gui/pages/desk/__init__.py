"""Parts of the page on which a softmax and its loss are done by hand."""
