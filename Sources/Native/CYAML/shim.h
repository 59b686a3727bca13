// libyaml (Debian: libyaml-dev), the reference YAML 1.1 parser in C. Every function we call is a plain function.
#ifndef SKILLWEAVER_CYAML_SHIM_H
#define SKILLWEAVER_CYAML_SHIM_H

#include <yaml.h>

#endif
