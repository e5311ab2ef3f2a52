/*
 * cli/demo_names.c - names of nobody.
 *
 * Family names are put together of plants, stones, birds and weather in many languages, so that no
 * family is called so. Now and then two people have one name, as in life. Some names are awkward on
 * purpose: one word, very long, of other scripts, with signs, words that programs take for
 * something else.
 *
 * Read first: demo_int.h.
 */
#include "cli/demo_int.h"

static const char *const given[] = {
    "Abena",      "Adaeze",      "Aisling",    "Alun",     "Amira",    "Anneliese", "Arwel",
    "Ayşe",       "Bartosz",     "Beatriz",    "Bethan",   "Bronwen",  "Callum",    "Caoimhe",
    "Chiara",     "Chukwuemeka", "Dafydd",     "Danuta",   "Deepa",    "Dilwyn",    "Efua",
    "Eilidh",     "Elin",        "Emeka",      "Esra",     "Farah",    "Fergus",    "Folasade",
    "Freya",      "Gethin",      "Grace",      "Gurpreet", "Hamza",    "Haruka",    "Hyun-woo",
    "Idris",      "Ifeoma",      "Imran",      "Ingrid",   "Jarosław", "Jasmine",   "Joaquín",
    "Kamala",     "Katarzyna",   "Kofi",       "Lakshmi",  "Leila",    "Lowri",     "Luca",
    "Małgorzata", "Manjit",      "Marguerite", "Mehmet",   "Mei-ling", "Mohammed",  "Nadia",
    "Niamh",      "Nia",         "Noor",       "Ngozi",    "Olga",     "Oluwaseun", "Owain",
    "Padraig",    "Parisa",      "Petra",      "Priya",    "Rafael",   "Rhiannon",  "Roisin",
    "Ruth",       "Sanjay",      "Seren",      "Shabnam",  "Siân",     "Soo-jin",   "Stelios",
    "Sunita",     "Tadeusz",     "Tariq",      "Thandiwe", "Thảo",     "Tomos",     "Uma",
    "Vasilis",    "Wanjiru",     "Xin",        "Yasmin",   "Yetunde",  "Yusuf",     "Zainab",
    "Žofie",      "Zoë",         "Zuzanna",
};

static const char *const family[] = {
    "Thornquill",      "Brambleby",      "Oakhollow",      "Fenwhistle",     "Puddlethwaite",
    "Quillfeather",    "Rookenbridge",   "Saltmarrow",     "Tumblestone",    "Weatherglass",
    "Applethorne",     "Birchmantle",    "Cobblewick",     "Dewberrow",      "Emberlane",
    "Gorsewhittle",    "Hazelmarch",     "Larkspurling",   "Moorcandle",     "Nettlefrost",
    "ap Llwynhelyg",   "Cwmafalon",      "Derwengraig",    "Ó Sceachgheal",  "Ní Dhuilleog",
    "MacBracken",      "McFernie-Stone", "Jesionkowicz",   "Wierzbolska",    "Lipogórski",
    "Chandramalani",   "Suryapankaj",    "Noorbageecha",   "Shapladin",      "Kamalsinghara",
    "Meghdhara",       "Olumofeyinko",   "Ewedudola",      "Ododoyemi",      "Kwabenadua",
    "Xidigleyaal",     "Jabuticabeira",  "al-Zaytunabi",   "el-Yasminabad",  "Gülbahçelioğlu",
    "Karağaçdibi",     "Thalassopetros", "Anemoniadou",    "Fiordalisone",   "de la Peñaflorida",
    "Nubesblancas",    "Figueirassol",   "Müllerblüm",     "Steinvogelsang", "van der Klokbloem",
    "van Regenboogen", "d'Aubelune",     "Châtaignebois",  "Skogsbjörkdal",  "Solvindsen",
    "Meihuashan",      "Zhulinyu",       "Hoasenxanh",     "Baeknamusan",    "Tsukihoshino",
    "Křivohlávková",   "Slunečnicová",   "Napraforgóházy", "Zvezdopolska",   "Berzukalns",
};

static const struct {
    const char *name, *known_as;
} awkward[] = {
    {"Sukarbulanwati", NULL}, /* one name is the whole of it */
    {"O", "Oh"},
    {"Null Nettlefrost", NULL},
    {"True Oakhollow", NULL},
    {"Will May Post", "Will"},
    {"April June Mondayborn", "June"},
    {"Αλκυόνη Θαλασσοπέτρου", "Alkyoni"},
    {"Снежана Звездополска", "Snezhana"},
    {"ليلى الزيتونابي", "Layla"},
    {"梅花 竹林雨", "Meihua"},
    {"Robert'); O'Tablestone", "Bobby"},
    {"Maria-Antónia do Carmo Figueirassol de Sousa e Nubesblancas da Peñaflorida", "Toni"},
    {"Iıgdem Karağaçdibi", NULL}, /* two letters that small and capital letters swap */
    {"Jean-Luc d'Aubelune-Châtaignebois", "Jean-Luc"},
    {"Dr Ffion ap Llwynhelyg Jr.", "Ffion"},
    {"Anne Thornquill", "Anne"},
    {"Anne Thornquill", "Annie"}, /* two people of one name */
    {"Straße Weißdornbach", NULL},
    {"X Æ Solvindsen", NULL},
    {"Hope Head", "Hope"}, /* whose family name is a post */
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Every so many people have an awkward name, until there are no more. */
#define AWKWARD_STEP 17

void demo_name_next(struct demo *demo, struct str *name, struct str *known_as)
{
    size_t at = demo->names_taken++;
    *known_as = (struct str){0};
    if (at % AWKWARD_STEP == AWKWARD_STEP - 1 && at / AWKWARD_STEP < COUNT_OF(awkward)) {
        *name = str_from(awkward[at / AWKWARD_STEP].name);
        *known_as = str_from(awkward[at / AWKWARD_STEP].known_as);
        return;
    }
    const char *first = given[(at * 37 + demo_below(demo, 3) * 31) % COUNT_OF(given)];
    const char *last = family[at % COUNT_OF(family)];
    *name = str_format(demo->arena, "%s %s", first, last);
}
