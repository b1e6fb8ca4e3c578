"""Languages are told by script and little words; what is too short is not told."""

from __future__ import annotations

import pytest

from armsledger.documents.language import language_of

from .made_up import ARTICLE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ARTICLE, "en"),
        (("Regeringen lånar ut fyrtio stridsvagnar till grannlandet under vintern, och det är inte första gången "
         "som de gör det."), "sv"),
        (("Die Regierung leiht dem Nachbarn vierzig Panzer für den Winter, und sie werden nach der Schneeschmelze "
         "zurück sein."), "de"),
        (("Le gouvernement prête quarante chars à son voisin pour les manœuvres, et ils sont attendus dans les "
         "casernes au printemps."), "fr"),
        (("El gobierno presta cuarenta tanques a su vecino para el invierno, y los espera en los cuarteles con la "
         "primavera."), "es"),
        ("Правительство одолжит соседу сорок танков на зиму и ждёт их обратно весной.", "ru"),
        ("정부는 겨울 훈련을 위해 이웃 나라에 전차 40대 K2를 빌려준다고 밝혔다.", "ko"),
        ("政府将在冬季借给邻国四十辆坦克,预计春天归还。", "zh"),
        ("政府は冬の演習のために隣国に戦車四十両を貸すと発表した。", "ja"),
        ("ستعير الحكومة جارتها أربعين دبابة لفصل الشتاء وتتوقع عودتها في الربيع.", "ar"),
        (("Hükümet kış tatbikatı için komşusuna kırk tank verecek ve bu tanklar ilkbahar gibi geri dönecek, daha "
         "sonra değil."), "tr"),
        ("הממשלה תשאיל לשכנתה ארבעים טנקים לחורף ומצפה לקבלם באביב.", "he"),
        ("Tanks on loan", None),
        ("40 x T-72, 12 x BMP-2", None),
        ("", None),
    ],
)  # fmt: skip
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language
