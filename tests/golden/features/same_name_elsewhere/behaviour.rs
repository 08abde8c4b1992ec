use crate::kit::{json, received};
use crate::same_name_elsewhere::operations::GetPets;
use gusset::serde_json::json;

#[test]
fn schemas_of_one_name_in_two_files_are_two_types() {
    let owner = json!({"email": "a@b"});
    let answer =
        json(200, &json!({"ours": {"name": "a"}, "theirs": {"weight": 1.5, "owner": owner}}));
    let pets = received(&GetPets {}, answer).unwrap();
    assert_eq!(pets.ours.name, "a");
    assert_eq!(pets.theirs.weight, 1.5);
    assert_eq!(pets.theirs.owner.unwrap().email, "a@b");
    let swapped = json(200, &json!({"ours": {"weight": 1.5}, "theirs": {"name": "a"}}));
    assert!(received(&GetPets {}, swapped).is_err());
}
