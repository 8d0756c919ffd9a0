namespace Lastro.Core.Strategies;

/// <summary>name | Portuguese | Russian | Spanish.</summary>
internal static class TitleLines
{
    public const string Text = """
        sma | Média móvel simples | Простая скользящая средняя | Media móvil simple
        ema | Média móvel exponencial | Экспоненциальная скользящая средняя | Media móvil exponencial
        rma | Suavização de Wilder | Сглаживание Уайлдера | Suavizado de Wilder
        wma | Média móvel ponderada | Взвешенная скользящая средняя | Media móvil ponderada
        trima | Média móvel triangular | Треугольная скользящая средняя | Media móvil triangular
        dema | Média exponencial dupla | Двойная экспоненциальная средняя | Media exponencial doble
        tema | Média exponencial tripla | Тройная экспоненциальная средняя | Media exponencial triple
        t3 | T3 de Tillson | T3 Тиллсона | T3 de Tillson
        hma | Média móvel de Hull | Скользящая средняя Халла | Media móvil de Hull
        zlema | Média exponencial sem atraso | Экспоненциальная средняя без запаздывания | Media exponencial sin retraso
        kama | Média adaptativa de Kaufman | Адаптивная средняя Кауфмана | Media adaptativa de Kaufman
        alma | Média de Arnaud Legoux | Средняя Арно Легу | Media de Arnaud Legoux
        linreg | Regressão linear, fim da reta | Линейная регрессия, конец линии | Regresión lineal, final de la recta
        linreg_slope | Regressão linear, inclinação | Линейная регрессия, наклон | Regresión lineal, pendiente
        vwma | Média ponderada por volume | Средняя, взвешенная по объёму | Media ponderada por volumen
        vwap | Preço médio ponderado por volume, móvel | Средневзвешенная по объёму цена, скользящая | Precio medio ponderado por volumen, móvil
        vwap_session | Preço médio ponderado por volume da sessão | Средневзвешенная по объёму цена сессии | Precio medio ponderado por volumen de la sesión
        rsi | Índice de força relativa | Индекс относительной силы | Índice de fuerza relativa
        stochrsi | RSI estocástico | Стохастический RSI | RSI estocástico
        roc | Taxa de variação | Скорость изменения | Tasa de cambio
        mom | Momento | Моментум | Momento
        cmo | Oscilador de momento de Chande | Осциллятор моментума Чанде | Oscilador de momento de Chande
        fosc | Oscilador de previsão | Осциллятор прогноза | Oscilador de pronóstico
        macd | Convergência e divergência de médias | Схождение и расхождение средних | Convergencia y divergencia de medias
        ppo | Oscilador percentual de preço | Процентный осциллятор цены | Oscilador porcentual de precio
        tsi | Índice de força real | Индекс истинной силы | Índice de fuerza real
        stoch | Oscilador estocástico | Стохастический осциллятор | Oscilador estocástico
        williams | %R de Williams | %R Уильямса | %R de Williams
        cci | Índice de canal de commodities | Индекс товарного канала | Índice de canal de materias primas
        fisher | Transformada de Fisher | Преобразование Фишера | Transformada de Fisher
        uo | Oscilador definitivo | Окончательный осциллятор | Oscilador definitivo
        ao | Oscilador incrível | Чудесный осциллятор | Oscilador asombroso
        bop | Equilíbrio de forças | Баланс сил | Equilibrio de fuerzas
        qstick | QStick | QStick | QStick
        tr | Amplitude real | Истинный диапазон | Rango verdadero
        atr | Amplitude real média | Средний истинный диапазон | Rango verdadero medio
        natr | Amplitude real média normalizada | Нормированный средний истинный диапазон | Rango verdadero medio normalizado
        chop | Índice de lateralidade | Индекс бокового движения | Índice de lateralidad
        mass | Índice de massa | Индекс массы | Índice de masa
        cvi | Volatilidade de Chaikin | Волатильность Чайкина | Volatilidad de Chaikin
        bollinger | Bandas de Bollinger | Полосы Боллинджера | Bandas de Bollinger
        keltner | Canal de Keltner | Канал Кельтнера | Canal de Keltner
        donchian | Canal de Donchian | Канал Дончиана | Canal de Donchian
        stddev | Desvio-padrão | Стандартное отклонение | Desviación típica
        historical_volatility | Volatilidade histórica | Историческая волатильность | Volatilidad histórica
        ulcer | Índice de úlcera | Индекс язвы | Índice de úlcera
        adx | Índice direcional médio | Индекс среднего направления | Índice direccional medio
        aroon | Aroon | Арун | Aroon
        vortex | Indicador vórtice | Индикатор вортекс | Indicador vórtice
        ichimoku | Nuvem de Ichimoku | Облако Ишимоку | Nube de Ichimoku
        psar | Stop e reversão parabólico | Параболический стоп и разворот | Parada y reversión parabólica
        supertrend | SuperTrend | SuperTrend | SuperTrend
        trix | TRIX | TRIX | TRIX
        dpo | Oscilador de preço sem tendência | Осциллятор цены без тренда | Oscilador de precio sin tendencia
        vhf | Filtro vertical-horizontal | Вертикально-горизонтальный фильтр | Filtro vertical-horizontal
        obv | Saldo de volume | Балансовый объём | Balance de volumen
        adl | Linha de acumulação e distribuição | Линия накопления и распределения | Línea de acumulación y distribución
        pvt | Tendência de preço e volume | Тренд цены и объёма | Tendencia de precio y volumen
        nvi | Índice de volume negativo | Индекс отрицательного объёма | Índice de volumen negativo
        pvi | Índice de volume positivo | Индекс положительного объёма | Índice de volumen positivo
        wad | Acumulação e distribuição de Williams | Накопление и распределение Уильямса | Acumulación y distribución de Williams
        mfi | Índice de fluxo de dinheiro | Индекс денежного потока | Índice de flujo de dinero
        cmf | Fluxo de dinheiro de Chaikin | Денежный поток Чайкина | Flujo de dinero de Chaikin
        chaikin | Oscilador de Chaikin | Осциллятор Чайкина | Oscilador de Chaikin
        force | Índice de força | Индекс силы | Índice de fuerza
        eom | Facilidade de movimento | Лёгкость движения | Facilidad de movimiento
        volume_sma | Volume médio | Средний объём | Volumen medio
        vosc | Oscilador de volume | Осциллятор объёма | Oscilador de volumen
        kvo | Oscilador de volume de Klinger | Осциллятор объёма Клингера | Oscilador de volumen de Klinger
        pivots | Pivôs clássicos | Классические пивоты | Pivotes clásicos
        fractals | Fractais de Williams | Фракталы Уильямса | Fractales de Williams
        zigzag | Zigue-zague | Зигзаг | Zigzag
        heikin_ashi | Candles Heikin-Ashi | Свечи Хейкен-Аши | Velas Heikin-Ashi
        highest | Maior valor | Наибольшее значение | Mayor valor
        lowest | Menor valor | Наименьшее значение | Menor valor
        change | Variação | Изменение | Cambio
        percent_change | Variação percentual | Изменение в процентах | Cambio porcentual
        rank | Posição percentual | Процентный ранг | Rango porcentual
        zscore | Escore z | Z-оценка | Puntuación z
        correlation | Correlação | Корреляция | Correlación
        beta | Beta | Бета | Beta
        """;
}
