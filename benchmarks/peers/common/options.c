#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: %s [--csv] [--transform NAME,…] [--size OCTETS,…] [--burst PACKETS,…] [--esn on,off]\n"
    "          [--window PACKETS] [--seconds S] [--wait] [--outer-checksum on|off] [--header-bits on|off]\n"
    "Prints PROVIDER,TRANSFORM,on|off,SIZE,BURST,encap|decap,NS,B_ALLOCATED for every combination.\n";

static _Noreturn void refuse(const char *program, const char *option, const char *value)
{
    fprintf(stderr, "%s: %s does not take '%s'\n", program, option, value == NULL ? "nothing" : value);
    fprintf(stderr, usage, program);
    exit(2);
}

static bool parse_number(const char *text, uint32_t low, uint32_t high, uint32_t *number)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (end == text || *end != '\0' || *text == '-' || value < low || value > high)
        return false;
    *number = (uint32_t)value;
    return true;
}

static bool parse_switch(const char *text, bool *on)
{
    *on = strcmp(text, "on") == 0;
    return *on || strcmp(text, "off") == 0;
}

static bool parse_seconds(const char *text, double *seconds)
{
    char *end;
    *seconds = strtod(text, &end);
    return end != text && *end == '\0' && *seconds > 0 && *seconds <= 3600;
}

/* Takes one element of a comma list; false when it is not a value of that option. */
static bool add(struct options *options, const char *option, const char *value)
{
    if (strcmp(option, "--transform") == 0) {
        if (options->transform_count == OPTIONS_LIST)
            return false;
        options->transforms[options->transform_count++] = value;
        return true;
    }
    if (strcmp(option, "--size") == 0)
        return options->size_count < OPTIONS_LIST
            && parse_number(value, SMALLEST_INNER, LARGEST_INNER, &options->sizes[options->size_count++]);
    if (strcmp(option, "--burst") == 0) {
        uint32_t burst;
        if (options->burst_count == OPTIONS_LIST || !parse_number(value, 1, LARGEST_BURST, &burst)
            || LARGEST_BURST % burst != 0)
            return false;
        options->bursts[options->burst_count++] = burst;
        return true;
    }
    if (strcmp(option, "--esn") == 0)
        return options->esn_count < 2 && parse_switch(value, &options->esn[options->esn_count++]);
    if (strcmp(option, "--window") == 0)
        return parse_number(value, 32, 4096, &options->window);
    if (strcmp(option, "--seconds") == 0)
        return parse_seconds(value, &options->seconds);
    if (strcmp(option, "--outer-checksum") == 0)
        return parse_switch(value, &options->outer_checksum);
    if (strcmp(option, "--header-bits") == 0)
        return parse_switch(value, &options->header_bits);
    return false;
}

static void use_defaults(struct options *options)
{
    static const uint32_t sizes[] = { 64, 256, 576, 1420, 8900 };
    if (options->size_count == 0) {
        memcpy(options->sizes, sizes, sizeof(sizes));
        options->size_count = sizeof(sizes) / sizeof(sizes[0]);
    }
    if (options->burst_count == 0) {
        options->bursts[options->burst_count++] = LARGEST_BURST;
        options->bursts[options->burst_count++] = 1;
    }
    if (options->esn_count == 0) {
        options->esn[options->esn_count++] = true;
        options->esn[options->esn_count++] = false;
    }
}

void options_parse(struct options *options, int argc, char **argv)
{
    *options = (struct options){ .window = 128, .seconds = 0.5, .outer_checksum = true };
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--csv") == 0)
            continue; /* there is no other output; accepted so that one command line serves all programs */
        if (strcmp(argv[i], "--wait") == 0) {
            options->wait = true;
            continue;
        }
        if (strcmp(argv[i], "--help") == 0) {
            printf(usage, argv[0]);
            exit(0);
        }
        const char *option = argv[i];
        char *list = ++i < argc ? strdup(argv[i]) : NULL; /* kept: transform names point into it */
        char *next = list;
        for (char *value = strsep(&next, ","); list == NULL || value != NULL; value = strsep(&next, ","))
            if (list == NULL || !add(options, option, value))
                refuse(argv[0], option, value);
    }
    use_defaults(options);
}

void options_wait(const struct options *options)
{
    if (!options->wait)
        return;
    puts("ready");
    fflush(stdout);
    for (int octet = getchar(); octet != EOF && octet != '\n';)
        octet = getchar();
}

bool options_wants(const struct options *options, const char *transform)
{
    for (size_t i = 0; i < options->transform_count; i++)
        if (strcmp(options->transforms[i], transform) == 0)
            return true;
    return options->transform_count == 0;
}
