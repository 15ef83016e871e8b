"""Pictures: pathway maps and wages, drawn as SVG and PNG."""
