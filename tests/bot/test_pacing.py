from bot.pacing import CHAT_BURST, FORGET_ABOVE, Bucket, Pacing


def test_bucket_lets_burst_through_then_one_a_second() -> None:
    """Four messages may go at once, the fifth waits a second, as does each after it."""
    bucket = Bucket(1.0, 4.0, now=0.0)

    for _ in range(4):
        assert bucket.wait(0.0) == 0
        bucket.take(0.0, 1)

    assert bucket.wait(0.0) == 1.0
    assert bucket.wait(0.75) == 0.25
    assert bucket.wait(1.0) == 0
    bucket.take(1.0, 1)
    assert bucket.wait(1.0) == 1.0
    assert bucket.wait(100.0) == 0


def test_waiting_as_told_is_enough() -> None:
    """Rounding never asks for another, tiny wait."""
    bucket = Bucket(30.0, 30.0, now=0.1)
    bucket.take(0.1, 30)

    assert bucket.wait(0.1 + bucket.wait(0.1)) == 0


def test_album_holds_up_its_chat_like_two_messages() -> None:
    """The owner who taps after an album is answered at once; for all chats together each picture counts."""
    pacing = Pacing(now=0.0)

    for _ in range(3):
        pacing.take(1, 10, now=0.0)

    assert pacing.wait_for(1, 0.0) == 3.0
    assert pacing.wait_for(2, 0.0) == 0
    assert pacing.wait_for_all(0.0) > 0


def test_all_chats_share_thirty_a_second() -> None:
    """After thirty messages to as many chats the thirty-first waits, whoever it is for."""
    pacing = Pacing(now=0.0)

    for chat_id in range(30):
        assert pacing.wait_for_all(0.0) == 0
        pacing.take(chat_id, 1, now=0.0)

    assert 0 < pacing.wait_for_all(0.0) <= 1 / 30
    assert pacing.wait_for_all(1.0) == 0


def test_clock_going_back_gives_nothing() -> None:
    """A time before the last neither fills nor empties a bucket."""
    bucket = Bucket(1.0, CHAT_BURST, now=10.0)
    bucket.take(10.0, 4)

    assert bucket.wait(5.0) == 1.0


def test_quiet_chats_are_forgotten_and_busy_ones_kept() -> None:
    """Memory doesn't grow with everybody who ever talked to the bot; a chat's pause is never forgotten."""
    pacing = Pacing(now=0.0)
    for chat_id in range(FORGET_ABOVE + 1):
        pacing.take(chat_id, 1, now=0.0)

    for _ in range(4):
        pacing.take(7, 1, now=60.0)
    pacing.take(8, 1, now=60.0)

    assert pacing.wait_for(7, 60.0) == 1.0
    assert len(pacing._chats) <= FORGET_ABOVE
