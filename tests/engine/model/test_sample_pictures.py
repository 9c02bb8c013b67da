from desktop_app.engine.model.sample_pictures import draw_pictures


def test_no_two_pictures_are_alike_and_all_are_the_same_each_time() -> None:
    drawn = [picture.tobytes() for picture in draw_pictures()]

    assert len(set(drawn)) == len(drawn) == 4
    assert drawn == [picture.tobytes() for picture in draw_pictures()]
    assert {picture.mode for picture in draw_pictures()} == {"RGB"}
