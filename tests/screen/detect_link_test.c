/*
 * tests/screen/detect_link_test.c - risky links, and ordinary ones that are left alone.
 *
 * Read first: found.h. Hosts end in .example, or are numbers that are kept for documentation.
 */
#include "support/check.h"

#include <stdio.h>

#include "found.h"

/* Each is found as a whole, and as nothing else of the school. */
static void links_that_hide_where_they_lead(void **state)
{
    (void)state;
    static const char *const links[] = {
        "http://bit.ly/inv0ice-77x",
        "tinyurl.com/sofa-rich",
        "rb.gy/x8k2",
        "http://192.0.2.44/claim?id=993",
        "http://0xc0000201/a",
        "http://3221226028/",
        "http://[2001:db8::1]/x",
        "http://admin:fern22@192.0.2.80/cctv",
        "https://user@files.example/a",
        "https://xn--ashdwnvale-h5b.example/portal",
        "https://\u0430shdownvale.example/login",
        "https://paypa1.example/verify",
        "https://arnazon.example/gift",
        "http://faceb00k.example",
        "https://gooogle.example/",
        "http://secure-paypal.example/login",
        "https://login.microsoft.account-check.example",
        "https://gov-uk.refunds.example/tax",
        "https://www.hmrc.gov.uk.claim-now.example/",
        "https://paypal.com.secure.example/",
        "https://ashdownvale-uniform.sch-uk.example/login",
        "https://ashdownva1e.example/uniform",
        "https://ashdownvalle.example/portal",
        "https://ashdown-vale.example/pay",
        "https://ashdownvale-login.example",
        "https://www.ashdownvale.example.pay-now.example/",
        "https://downloads.example/report.pdf.exe",
        "https://photos.zip/holiday",
    };
    for (size_t i = 0; i < FOUND_COUNT(links); i++) {
        char expected[128];
        (void)snprintf(expected, sizeof expected, "risky-link[%s]", links[i]);
        const struct found_case one = {links[i], expected};
        found_check("risky-link school-name school-look-alike", SCREEN_CHANNEL_MESSAGE, &one, 1);
    }
}

static void ordinary_links(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "https://www.ashdownvale.example/trips/berlin",
        "https://portal.ashdownvale.example/login",
        "https://www.bbc.example/news/reading-aloud",
        "www.gov.uk/bank-holidays for the dates",
        "https://en.wikipedia.org/wiki/Ashdown_Forest",
        "https://petition.parliament.uk/petitions/123456",
        "https://youtu.be/dQw4w9",
        "https://docs.example/d/1x9Kk20ZZ?usp=sharing",
        "https://shop.example.com.au/socks",
        "my blog is mugsandmoss.example",
        "https://m\u00fcller.example/",
        "http://\u2026 is cut off",
        "https://google.example/maps",
        "https://mail.google.example/",
        "https://schools.parentpay.example/",
    };
    found_none("risky-link", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_that_hide_where_they_lead),
        cmocka_unit_test(ordinary_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
