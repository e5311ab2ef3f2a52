/*
 * screen/kinds.c - the table of kinds. Read first: kinds.h.
 */
#include "screen/kinds.h"

#include <assert.h>

#define TARGETS                                                                                    \
    STR_INIT("school"), STR_INIT("management"), STR_INIT("colleague"), STR_INIT("pupil"),          \
        STR_INIT("parent"), STR_INIT("governor"), STR_INIT("supplier"), STR_INIT("organisation")

const struct str screen_kind_names[SCREEN_KIND_COUNT] = {
    [SCREEN_PUPIL_NAMED] = STR_INIT("pupil-named"),
    [SCREEN_STAFF_NAMED] = STR_INIT("staff-named"),
    [SCREEN_PARENT_NAMED] = STR_INIT("parent-named"),
    [SCREEN_PERSON_NAMED] = STR_INIT("person-named"),
    [SCREEN_PUPIL_DESCRIBED] = STR_INIT("pupil-described"),
    [SCREEN_STAFF_DESCRIBED] = STR_INIT("staff-described"),
    [SCREEN_PARENT_DESCRIBED] = STR_INIT("parent-described"),
    [SCREEN_SCHOOL_NAME] = STR_INIT("school-name"),
    [SCREEN_SCHOOL_ABBREVIATION] = STR_INIT("school-abbreviation"),
    [SCREEN_SCHOOL_LOOK_ALIKE] = STR_INIT("school-look-alike"),
    [SCREEN_AFFILIATION] = STR_INIT("affiliation"),
    [SCREEN_DISCLAIMER] = STR_INIT("disclaimer"),
    [SCREEN_AFFILIATION_WITHOUT_DISCLAIMER] = STR_INIT("affiliation-without-disclaimer"),
    [SCREEN_SPEAKING_FOR_SCHOOL] = STR_INIT("speaking-for-school"),
    [SCREEN_EMAIL_ADDRESS] = STR_INIT("email-address"),
    [SCREEN_SCHOOL_EMAIL] = STR_INIT("school-email"),
    [SCREEN_PHONE_NUMBER] = STR_INIT("phone-number"),
    [SCREEN_POSTAL_ADDRESS] = STR_INIT("postal-address"),
    [SCREEN_POSTCODE] = STR_INIT("postcode"),
    [SCREEN_DATE_OF_BIRTH] = STR_INIT("date-of-birth"),
    [SCREEN_PUPIL_NUMBER] = STR_INIT("pupil-number"),
    [SCREEN_HEALTH_NUMBER] = STR_INIT("health-number"),
    [SCREEN_INSURANCE_NUMBER] = STR_INIT("insurance-number"),
    [SCREEN_TEACHER_NUMBER] = STR_INIT("teacher-number"),
    [SCREEN_BANK_DETAILS] = STR_INIT("bank-details"),
    [SCREEN_CREDENTIAL] = STR_INIT("credential"),
    [SCREEN_MEETING_LINK] = STR_INIT("meeting-link"),
    [SCREEN_DOOR_CODE] = STR_INIT("door-code"),
    [SCREEN_SECURITY_ANSWER] = STR_INIT("security-answer"),
    [SCREEN_RISKY_LINK] = STR_INIT("risky-link"),
    [SCREEN_CONFIDENTIALITY_MARK] = STR_INIT("confidentiality-mark"),
    [SCREEN_SENSITIVE_CONTEXT] = STR_INIT("sensitive-context"),
    [SCREEN_CONFIDENTIAL_MATTER] = STR_INIT("confidential-matter"),
    [SCREEN_SPECIFIC_MATTER] = STR_INIT("specific-matter"),
    [SCREEN_DISPARAGEMENT] = STR_INIT("disparagement"),
    [SCREEN_INSULT] = STR_INIT("insult"),
    [SCREEN_OBSCENITY] = STR_INIT("obscenity"),
    [SCREEN_SEXUAL_CONTENT] = STR_INIT("sexual-content"),
    [SCREEN_HARASSMENT] = STR_INIT("harassment"),
    [SCREEN_THREAT] = STR_INIT("threat"),
    [SCREEN_HATRED] = STR_INIT("hatred"),
    [SCREEN_EXTREMISM_SUPPORT] = STR_INIT("extremism-support"),
    [SCREEN_GRIEVANCE] = STR_INIT("grievance"),
    [SCREEN_ALLEGATION] = STR_INIT("allegation"),
    [SCREEN_REFERENCE] = STR_INIT("reference"),
    [SCREEN_REPORTED_VIEWS] = STR_INIT("reported-views"),
    [SCREEN_PERSONAL_GAIN] = STR_INIT("personal-gain"),
    [SCREEN_SOLICITATION] = STR_INIT("solicitation"),
    [SCREEN_LONG_QUOTATION] = STR_INIT("long-quotation"),
    [SCREEN_UNCREDITED_IMAGE] = STR_INIT("uncredited-image"),
    [SCREEN_PICTURE] = STR_INIT("picture"),
    [SCREEN_QUERY] = STR_INIT("query"),
    [SCREEN_COMPLAINT] = STR_INIT("complaint"),
    [SCREEN_PRAISE] = STR_INIT("praise"),
    [SCREEN_SUBJECT_ACCESS_REQUEST] = STR_INIT("subject-access-request"),
    [SCREEN_PRESS_ENQUIRY] = STR_INIT("press-enquiry"),
    [SCREEN_DISCLOSURE_OF_HARM] = STR_INIT("disclosure-of-harm"),
    [SCREEN_ABUSE] = STR_INIT("abuse"),
    [SCREEN_SPAM] = STR_INIT("spam"),
};

static const struct screen_kind_info kinds[SCREEN_KIND_COUNT] = {
    [SCREEN_PUPIL_NAMED] =
        {
            .title = STR_INIT("A pupil is named"),
            .why = STR_INIT("Somebody on the roll who is a pupil stands here by name, and can be "
                            "found by anybody who reads it."),
            .mend =
                STR_INIT("Leave the name out, or write \"a pupil\". If the name must be there, ask"
                         " first."),
        },
    [SCREEN_STAFF_NAMED] =
        {
            .title = STR_INIT("A member of staff is named"),
            .why = STR_INIT("Somebody on the roll who works at the school stands here by name."),
            .mend = STR_INIT("Leave the name out, or ask the person."),
        },
    [SCREEN_PARENT_NAMED] =
        {
            .title = STR_INIT("A parent or carer is named"),
            .why = STR_INIT("Somebody on the roll who is a parent or carer stands here by name, and"
                            " with them a child can be found."),
            .mend = STR_INIT("Leave the name out, or ask the person."),
        },
    [SCREEN_PERSON_NAMED] =
        {
            .title = STR_INIT("A person is named in full"),
            .why = STR_INIT("A private person stands here with first name and surname."),
            .mend = STR_INIT("Leave out the surname, or ask the person."),
        },
    [SCREEN_PUPIL_DESCRIBED] =
        {
            .title = STR_INIT("A pupil could be recognised"),
            .why = STR_INIT("No name is needed where several details together fit one child."),
            .mend = STR_INIT("Take out details until it could be any child, or leave it out."),
        },
    [SCREEN_STAFF_DESCRIBED] =
        {
            .title = STR_INIT("A member of staff could be recognised"),
            .why = STR_INIT("A post that only one person holds says who is meant."),
            .mend = STR_INIT("Leave out the post, or speak of the team."),
        },
    [SCREEN_PARENT_DESCRIBED] =
        {
            .title = STR_INIT("A parent could be recognised"),
            .why = STR_INIT("Several details together fit one family."),
            .mend = STR_INIT("Take out details until it could be any family."),
        },
    [SCREEN_SCHOOL_NAME] =
        {
            .title = STR_INIT("The school is named"),
            .why = STR_INIT(
                "The name of the school or trust stands here, so the words reflect on it."),
            .mend = STR_INIT("Leave the name out of a private post."),
        },
    [SCREEN_SCHOOL_ABBREVIATION] =
        {
            .title = STR_INIT("The school is named by its short name"),
            .why = STR_INIT("People nearby know what the short name stands for."),
            .mend = STR_INIT("Leave the short name out of a private post."),
        },
    [SCREEN_SCHOOL_LOOK_ALIKE] =
        {
            .title = STR_INIT("The school's name in disguise"),
            .why = STR_INIT("Letters are changed or run together, but readers and searches still "
                            "find the school."),
            .mend = STR_INIT("Choose words or an account name without the school in them."),
        },
    [SCREEN_AFFILIATION] =
        {
            .title = STR_INIT("It says where you work"),
            .why = STR_INIT("Readers can tell that you work at a school, or at this one."),
            .mend =
                STR_INIT("Leave it out, or add that the views are your own if your policy allows"
                         " that."),
            .is_not_shown = true,
        },
    [SCREEN_DISCLAIMER] =
        {
            .title = STR_INIT("It says that the views are your own"),
            .why = STR_INIT("Readers are told that you speak for yourself."),
            .mend = STR_INIT("Nothing needs to change."),
            .is_not_shown = true,
        },
    [SCREEN_AFFILIATION_WITHOUT_DISCLAIMER] =
        {
            .title = STR_INIT("It says where you work, but not that the views are yours"),
            .why = STR_INIT("Readers may take your views for those of the school."),
            .mend = STR_INIT("Add, for example: \"My own views, not those of my employer.\""),
        },
    [SCREEN_SPEAKING_FOR_SCHOOL] =
        {
            .title = STR_INIT("It speaks for the school"),
            .why = STR_INIT("The words sound as if the school or trust itself said them."),
            .mend =
                STR_INIT("Write \"I\" in place of \"we\", or leave it to those who speak for the "
                         "school."),
        },
    [SCREEN_EMAIL_ADDRESS] =
        {
            .title = STR_INIT("An e-mail address"),
            .why = STR_INIT("Anybody who reads it can write there, or use it for tricks."),
            .mend = STR_INIT("Take the address out, or send it privately."),
        },
    [SCREEN_SCHOOL_EMAIL] =
        {
            .title = STR_INIT("A work e-mail address"),
            .why = STR_INIT("An address of the school stands here."),
            .mend = STR_INIT("Use a private address for private accounts, and none in a post."),
        },
    [SCREEN_PHONE_NUMBER] =
        {
            .title = STR_INIT("A telephone number"),
            .why = STR_INIT("Anybody who reads it can ring there."),
            .mend = STR_INIT("Take the number out, or send it privately."),
        },
    [SCREEN_POSTAL_ADDRESS] =
        {
            .title = STR_INIT("A postal address"),
            .why = STR_INIT("It shows where somebody lives or can be met."),
            .mend = STR_INIT("Take the address out."),
        },
    [SCREEN_POSTCODE] =
        {
            .title = STR_INIT("A postcode"),
            .why = STR_INIT("A postcode leads to a handful of houses."),
            .mend = STR_INIT("Take it out, or name the town alone."),
        },
    [SCREEN_DATE_OF_BIRTH] =
        {
            .title = STR_INIT("A date of birth"),
            .why = STR_INIT("It is used to prove who somebody is, and shows the age of a child."),
            .mend = STR_INIT("Leave the date out."),
        },
    [SCREEN_PUPIL_NUMBER] =
        {
            .title = STR_INIT("A pupil number"),
            .why = STR_INIT("A unique pupil number opens a child's record."),
            .mend = STR_INIT("Take the number out."),
        },
    [SCREEN_HEALTH_NUMBER] =
        {
            .title = STR_INIT("An NHS number"),
            .why = STR_INIT("It opens a health record."),
            .mend = STR_INIT("Take the number out."),
        },
    [SCREEN_INSURANCE_NUMBER] =
        {
            .title = STR_INIT("A National Insurance number"),
            .why = STR_INIT("It is used for pay and tax, and for fraud."),
            .mend = STR_INIT("Take the number out."),
        },
    [SCREEN_TEACHER_NUMBER] =
        {
            .title = STR_INIT("A teacher reference number"),
            .why = STR_INIT("It opens a teacher's record."),
            .mend = STR_INIT("Take the number out."),
        },
    [SCREEN_BANK_DETAILS] =
        {
            .title = STR_INIT("Bank or card details"),
            .why = STR_INIT("They can be used to take money."),
            .mend = STR_INIT("Take them out, and use the office's own way to be paid."),
        },
    [SCREEN_CREDENTIAL] =
        {
            .title = STR_INIT("A password or login"),
            .why = STR_INIT("Whoever reads it can sign in."),
            .mend = STR_INIT("Take it out. If it is real and was sent before, change it now."),
        },
    [SCREEN_MEETING_LINK] =
        {
            .title = STR_INIT("A way into an online meeting"),
            .why = STR_INIT("Whoever reads it can join."),
            .mend = STR_INIT("Send it only to those who are invited."),
        },
    [SCREEN_DOOR_CODE] =
        {
            .title = STR_INIT("A door or alarm code"),
            .why = STR_INIT("Whoever reads it can get in."),
            .mend = STR_INIT("Take it out, and tell the site team if it was sent before."),
        },
    [SCREEN_SECURITY_ANSWER] =
        {
            .title = STR_INIT("An answer to a security question"),
            .why = STR_INIT("Such facts are used to get into accounts."),
            .mend = STR_INIT("Leave it out, or don't use true answers for security questions."),
        },
    [SCREEN_RISKY_LINK] =
        {
            .title = STR_INIT("A link that may be unsafe"),
            .why = STR_INIT("It hides where it leads, or looks like an address that it is not."),
            .mend = STR_INIT("Use the full address of the page itself, and open it first."),
        },
    [SCREEN_CONFIDENTIALITY_MARK] =
        {
            .title = STR_INIT("Marked as confidential"),
            .why = STR_INIT("The words say themselves that they are not for others."),
            .mend = STR_INIT("Don't share it. Ask whoever gave it to you."),
        },
    [SCREEN_SENSITIVE_CONTEXT] =
        {
            .title = STR_INIT("Private matters of a person"),
            .why = STR_INIT("Health, needs, family, pay or a procedure: such things about one "
                            "person are told in confidence."),
            .mend = STR_INIT("Leave it out. If you are worried about the person, tell the right "
                             "colleague."),
            .details = {STR_INIT("health"), STR_INIT("needs"), STR_INIT("safeguarding"),
                        STR_INIT("family"), STR_INIT("discipline"), STR_INIT("pay")},
        },
    [SCREEN_CONFIDENTIAL_MATTER] =
        {
            .title = STR_INIT("School business that is not public"),
            .why = STR_INIT("Plans, money or talks of the school that it has not told the public."),
            .mend = STR_INIT("Leave it out until the school has announced it."),
            .details = {STR_INIT("corporate"), STR_INIT("commercial"), STR_INIT("political"),
                        STR_INIT("in-confidence")},
        },
    [SCREEN_SPECIFIC_MATTER] =
        {
            .title = STR_INIT("One particular matter at the school"),
            .why = STR_INIT("Readers can tell which case or incident is meant."),
            .mend = STR_INIT("Speak of it in general, or not at all."),
        },
    [SCREEN_DISPARAGEMENT] =
        {
            .title = STR_INIT("It runs somebody down"),
            .why = STR_INIT("The words put down the school or somebody connected with it."),
            .mend = STR_INIT("Say what you would like to be better, to those who can change it."),
            .details = {TARGETS},
        },
    [SCREEN_INSULT] =
        {
            .title = STR_INIT("An insult"),
            .why = STR_INIT("The words insult a person."),
            .mend = STR_INIT("Say what happened, not what somebody is."),
            .details = {TARGETS, STR_INIT("person")},
        },
    [SCREEN_OBSCENITY] =
        {
            .title = STR_INIT("A coarse word"),
            .why = STR_INIT("Some readers will take offence."),
            .mend = STR_INIT("Use another word."),
        },
    [SCREEN_SEXUAL_CONTENT] =
        {
            .title = STR_INIT("Sexual wording"),
            .why = STR_INIT("It does not belong where pupils and parents may read it."),
            .mend = STR_INIT("Leave it out."),
        },
    [SCREEN_HARASSMENT] =
        {
            .title = STR_INIT("It goes for a person"),
            .why =
                STR_INIT("The words shame a person, keep on at them, or call others to join in."),
            .mend = STR_INIT("Leave the person alone; if there is a problem, use the way that the "
                             "school has for it."),
            .details = {TARGETS, STR_INIT("person")},
        },
    [SCREEN_THREAT] =
        {
            .title = STR_INIT("A threat"),
            .why = STR_INIT("The words threaten a person."),
            .mend = STR_INIT("Take it out. If you feel threatened yourself, tell somebody."),
        },
    [SCREEN_HATRED] =
        {
            .title = STR_INIT("Words against people for what they are"),
            .why = STR_INIT("The words put people down for something that the law protects."),
            .mend = STR_INIT("Take it out."),
            .details = {STR_INIT("age"), STR_INIT("disability"), STR_INIT("gender-reassignment"),
                        STR_INIT("marriage"), STR_INIT("pregnancy"), STR_INIT("race"),
                        STR_INIT("religion"), STR_INIT("sex"), STR_INIT("sexual-orientation")},
        },
    [SCREEN_EXTREMISM_SUPPORT] =
        {
            .title = STR_INIT("Support for violence or extremism"),
            .why = STR_INIT("The words praise or support it."),
            .mend = STR_INIT("Take it out."),
        },
    [SCREEN_GRIEVANCE] =
        {
            .title = STR_INIT("A complaint about work"),
            .why = STR_INIT("It belongs where it can be dealt with, and not online."),
            .mend = STR_INIT("Raise it with your manager, or in the way that the policy names."),
        },
    [SCREEN_ALLEGATION] =
        {
            .title = STR_INIT("It says that somebody did wrong"),
            .why = STR_INIT("Told as a fact about a person who can be recognised, it can harm them,"
                            " and you if it is not so."),
            .mend = STR_INIT("Leave it out, and report what you know to those who look into it."),
        },
    [SCREEN_REFERENCE] =
        {
            .title = STR_INIT("A reference for a person"),
            .why = STR_INIT("Praise or judgement of somebody's work can bind the school."),
            .mend = STR_INIT("Let the school give references."),
        },
    [SCREEN_REPORTED_VIEWS] =
        {
            .title = STR_INIT("Somebody else's private views"),
            .why = STR_INIT("It tells what another person thinks, who may not want that known."),
            .mend = STR_INIT("Speak for yourself alone."),
        },
    [SCREEN_PERSONAL_GAIN] =
        {
            .title = STR_INIT("It sells or promotes something of your own"),
            .why = STR_INIT("Work and private business are mixed."),
            .mend = STR_INIT("Keep it to your own account, away from school."),
        },
    [SCREEN_SOLICITATION] =
        {
            .title = STR_INIT("It asks pupils to get in touch"),
            .why = STR_INIT("Contact with pupils goes through the ways of the school."),
            .mend = STR_INIT("Leave it out, and use the school's own way."),
        },
    [SCREEN_LONG_QUOTATION] =
        {
            .title = STR_INIT("A long piece of somebody else's text"),
            .why = STR_INIT("Long quotations need permission, and always their source."),
            .mend = STR_INIT("Shorten it and say where it is from, or link to it."),
        },
    [SCREEN_UNCREDITED_IMAGE] =
        {
            .title = STR_INIT("A picture of somebody else's"),
            .why = STR_INIT("Pictures belong to those who made them."),
            .mend = STR_INIT("Ask, and name the maker; or use one of your own."),
        },
    [SCREEN_PICTURE] =
        {
            .title = STR_INIT("A picture"),
            .why = STR_INIT("What a picture shows cannot be read here, so you are asked."),
            .mend = STR_INIT("Look at everything in the picture, also behind the people."),
            .is_not_shown = true,
        },
    [SCREEN_QUERY] =
        {
            .title = STR_INIT("A question"),
            .why = STR_INIT("It asks for something and expects an answer."),
            .is_of_incoming = true,
        },
    [SCREEN_COMPLAINT] =
        {
            .title = STR_INIT("A complaint"),
            .why = STR_INIT("Somebody is not satisfied."),
            .is_of_incoming = true,
        },
    [SCREEN_PRAISE] =
        {
            .title = STR_INIT("Praise"),
            .why = STR_INIT("Somebody is pleased."),
            .is_of_incoming = true,
        },
    [SCREEN_SUBJECT_ACCESS_REQUEST] =
        {
            .title = STR_INIT("A request for personal data"),
            .why = STR_INIT("Somebody asks for what is held about them or their child; a clock of "
                            "the law may have started."),
            .is_of_incoming = true,
        },
    [SCREEN_PRESS_ENQUIRY] =
        {
            .title = STR_INIT("A question from the press"),
            .why = STR_INIT("It goes to whoever answers the press."),
            .is_of_incoming = true,
        },
    [SCREEN_DISCLOSURE_OF_HARM] =
        {
            .title = STR_INIT("Somebody may be in danger"),
            .why = STR_INIT("It tells of harm, or of the risk of it; it goes to the safeguarding "
                            "lead at once."),
            .is_of_incoming = true,
        },
    [SCREEN_ABUSE] =
        {
            .title = STR_INIT("Abuse"),
            .why = STR_INIT("It attacks somebody."),
            .is_of_incoming = true,
        },
    [SCREEN_SPAM] =
        {
            .title = STR_INIT("Unwanted advertising"),
            .why = STR_INIT("It has nothing to do with the school."),
            .is_of_incoming = true,
        },
};

const struct screen_kind_info *screen_kind_info(enum screen_kind kind)
{
    assert(kind < SCREEN_KIND_COUNT);
    return &kinds[kind];
}

enum screen_kind screen_kind_find(struct str name)
{
    for (unsigned kind = 0; kind < SCREEN_KIND_COUNT; kind++) {
        if (str_equal(screen_kind_names[kind], name)) {
            return (enum screen_kind)kind;
        }
    }
    return SCREEN_KIND_COUNT;
}

unsigned screen_detail_find(enum screen_kind kind, struct str name)
{
    const struct screen_kind_info *info = screen_kind_info(kind);
    for (unsigned i = 0; i < SCREEN_DETAILS_MAX && !str_is_empty(info->details[i]); i++) {
        if (str_equal(info->details[i], name)) {
            return i;
        }
    }
    return SCREEN_DETAIL_NONE;
}
