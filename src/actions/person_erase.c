/*
 * actions/person_erase.c - everything of a person goes: the one way to erase somebody, for whoever
 * asks for it and for the schedule.
 *
 * Read first: retention_int.h. What must hold: what is kept of a person by a new module goes here
 * too, and into the statement leavers_left of records/retention.sql, which shows that it is gone.
 */
#include "actions/retention_int.h"
#include "identity/sign_in.h"
#include "ledger/ledger.h"
#include "records/people.h"

struct result person_erase_all(struct store_transaction *transaction, struct person_id person,
                               struct person_id actor, struct str why, size_t *acts)
{
    size_t changed = 0;
    TRY(person_erase(transaction, (struct person_erase_in){person, store_now(transaction)},
                     &changed));
    if (changed != 1) {
        return result_fail(RESULT_CODE_CONFLICT, "this person is erased already", (struct str){0});
    }
    TRY(person_erase_relationships(transaction, (struct person_erase_relationships_in){person}));
    TRY(person_erase_adjustments(transaction, (struct person_erase_adjustments_in){person}));
    TRY(person_erase_engagements(transaction, (struct person_erase_engagements_in){person}));
    TRY(person_erase_imports(transaction, (struct person_erase_imports_in){person}));
    TRY(person_erase_slots(transaction, (struct person_erase_slots_in){person}));
    TRY(person_erase_managing(transaction, (struct person_erase_managing_in){person}));
    TRY(person_erase_holds(transaction, (struct person_erase_holds_in){person}));
    TRY(sign_in_erase(transaction, person));
    return ledger_erase(transaction, person, actor, why, acts);
}
