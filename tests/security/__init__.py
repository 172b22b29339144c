"""What nobody may do: routes against roles, agency against agency, hostile files, hostile templates, hostile input."""
