namespace Lastro.Core.Strategies;

/// <summary>English, Portuguese, Russian, Spanish: the order of <see cref="SentenceLanguage"/>.</summary>
internal static class BuiltInTexts
{
    public static readonly BuiltInText[] Rsi =
    [
        new("RSI reversal", "Buys after a sharp fall, when sellers look exhausted, and sells into strength. Loses when a fall simply goes on."),
        new("Reversão pelo RSI", "Compra após uma queda forte, quando os vendedores parecem esgotados, e vende na força. Perde quando a queda simplesmente continua."),
        new("Разворот по RSI", "Покупает после резкого падения, когда продавцы, похоже, выдохлись, и продаёт на росте. Теряет, если падение продолжается."),
        new("Reversión con RSI", "Compra tras una caída fuerte, cuando los vendedores parecen agotados, y vende en la fuerza. Pierde cuando la caída simplemente sigue."),
    ];

    public static readonly BuiltInText[] EmaCross =
    [
        new("EMA cross", "Follows the trend: in when the quick average rises above the calm one, out when it falls below. Loses small amounts while the market goes sideways."),
        new("Cruzamento de EMAs", "Segue a tendência: entra quando a média rápida passa acima da lenta e sai quando cai abaixo. Perde pouco a pouco em mercados laterais."),
        new("Пересечение EMA", "Следует за трендом: вход, когда быстрая средняя выше медленной, выход, когда ниже. Понемногу теряет, пока рынок идёт вбок."),
        new("Cruce de EMA", "Sigue la tendencia: entra cuando la media rápida supera a la lenta y sale cuando cae por debajo. Pierde poco a poco en mercados laterales."),
    ];

    public static readonly BuiltInText[] Macd =
    [
        new("MACD", "Buys when momentum turns up from below zero and sells when it turns down. Reacts late, so short swings cost it money."),
        new("MACD", "Compra quando o momento vira para cima abaixo de zero e vende quando vira para baixo. Reage tarde, por isso oscilações curtas custam dinheiro."),
        new("MACD", "Покупает, когда импульс разворачивается вверх ниже нуля, и продаёт, когда он разворачивается вниз. Реагирует с опозданием, поэтому теряет на коротких колебаниях."),
        new("MACD", "Compra cuando el impulso gira hacia arriba por debajo de cero y vende cuando gira hacia abajo. Reacciona tarde, así que las oscilaciones cortas le cuestan dinero."),
    ];

    public static readonly BuiltInText[] Bollinger =
    [
        new("Bollinger bands", "Buys below the lower band and sells at the middle: prices that stray tend to come back. Loses in strong falls, hence the stop."),
        new("Bandas de Bollinger", "Compra abaixo da banda inferior e vende no meio: preços que se afastam tendem a voltar. Perde em quedas fortes, daí o stop."),
        new("Полосы Боллинджера", "Покупает ниже нижней полосы и продаёт у средней: отклонившаяся цена обычно возвращается. Теряет при сильном падении, поэтому есть стоп."),
        new("Bandas de Bollinger", "Compra por debajo de la banda inferior y vende en la media: los precios que se alejan suelen volver. Pierde en caídas fuertes, de ahí el stop."),
    ];

    public static readonly BuiltInText[] ChannelBreakout =
    [
        new("Channel breakout", "Buys a new high of 20 candles and sells a new low of 10, with a size that risks the same share each time. Few trades win, but those win much."),
        new("Rompimento de canal", "Compra uma nova máxima de 20 candles e vende uma nova mínima de 10, arriscando sempre a mesma parte. Poucas operações ganham, mas ganham muito."),
        new("Пробой канала", "Покупает на новом максимуме за 20 свечей и продаёт на новом минимуме за 10, каждый раз рискуя одной и той же долей. Выигрывает редко, зато много."),
        new("Ruptura de canal", "Compra un nuevo máximo de 20 velas y vende un nuevo mínimo de 10, arriesgando siempre la misma parte. Pocas operaciones ganan, pero ganan mucho."),
    ];

    public static readonly BuiltInText[] Supertrend =
    [
        new("SuperTrend", "In while the SuperTrend line points up, out while it points down. Calm in long trends, costly in quick changes of direction."),
        new("SuperTrend", "Dentro enquanto o SuperTrend aponta para cima, fora enquanto aponta para baixo. Calmo em tendências longas, caro em mudanças rápidas."),
        new("SuperTrend", "В позиции, пока SuperTrend показывает вверх, вне рынка, пока вниз. Спокоен в долгом тренде, дорог при частых разворотах."),
        new("SuperTrend", "Dentro mientras el SuperTrend apunta hacia arriba, fuera mientras apunta hacia abajo. Tranquilo en tendencias largas, caro en cambios rápidos."),
    ];

    public static readonly BuiltInText[] MeanReversion =
    [
        new("Mean reversion with trend filter", "Buys short dips, but only while the daily trend points up. The filter avoids most of the falls that go on."),
        new("Reversão à média com filtro de tendência", "Compra quedas curtas, mas só enquanto a tendência diária é de alta. O filtro evita a maioria das quedas que continuam."),
        new("Возврат к среднему с фильтром тренда", "Покупает короткие провалы, но только пока дневной тренд направлен вверх. Фильтр отсеивает большинство затяжных падений."),
        new("Reversión a la media con filtro de tendencia", "Compra caídas cortas, pero solo mientras la tendencia diaria es alcista. El filtro evita la mayoría de las caídas que continúan."),
    ];

    public static readonly BuiltInText[] Scalping =
    [
        new("Scalping +15 % / −3 %", "Buys quick rises with volume on the 5-minute chart, takes 15 % and gives up at −3 %. Many small losses for a few large wins; fees weigh."),
        new("Scalping +15 % / −3 %", "Compra altas rápidas com volume no gráfico de 5 minutos, realiza em 15 % e desiste em −3 %. Muitas perdas pequenas por poucos ganhos grandes; as taxas pesam."),
        new("Скальпинг +15 % / −3 %", "Покупает быстрый рост с объёмом на 5-минутном графике, фиксирует 15 % и выходит при −3 %. Много мелких потерь ради редких крупных побед; комиссии заметны."),
        new("Scalping +15 % / −3 %", "Compra subidas rápidas con volumen en el gráfico de 5 minutos, toma el 15 % y abandona en −3 %. Muchas pérdidas pequeñas por pocas ganancias grandes; las comisiones pesan."),
    ];

    public static readonly BuiltInText[] AccumulateDips =
    [
        new("Accumulate on dips", "Buys after a marked fall from the last high once a day closes higher, and sells near the old high. Patient; it may wait long in a bear market."),
        new("Acumular nas quedas", "Compra após uma queda marcada desde a última máxima, quando um dia fecha em alta, e vende perto da máxima antiga. Paciente; pode esperar muito em mercado de baixa."),
        new("Накопление на падениях", "Покупает после заметного падения от последнего максимума, когда день закрылся ростом, и продаёт около прежнего максимума. Терпелива: на медвежьем рынке может ждать долго."),
        new("Acumular en las caídas", "Compra tras una caída marcada desde el último máximo, cuando un día cierra al alza, y vende cerca del máximo anterior. Paciente; puede esperar mucho en un mercado bajista."),
    ];
}
