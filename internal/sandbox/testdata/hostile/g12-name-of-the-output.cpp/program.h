#error not asked for
