using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>The calls of this folder.</summary>
internal static class TradingCalls
{
    public static IServiceCollection AddTradingCalls(this IServiceCollection services)
    {
        services.AddSingleton<PlaceList>().AddSingleton<DeleteOrder>().AddSingleton<IWireVerb>(all => all.GetRequiredService<DeleteOrder>());
        services.AddSingleton<IWireVerb, PostOrder>().AddSingleton<IWireVerb, PostOrderTest>().AddSingleton<IWireVerb, GetOrder>();
        services.AddSingleton<IWireVerb, PostCancelReplace>().AddSingleton<IWireVerb, PutAmend>();
        services.AddSingleton<IWireVerb, GetOpenOrders>().AddSingleton<IWireVerb, DeleteOpenOrders>().AddSingleton<IWireVerb, GetAllOrders>();
        services.AddSingleton<IWireVerb, PostOrderListOco>().AddSingleton<IWireVerb, PostOrderOco>();
        services.AddSingleton<IWireVerb, GetOrderList>().AddSingleton<IWireVerb, DeleteOrderList>();
        services.AddSingleton<IWireVerb, GetAllOrderList>().AddSingleton<IWireVerb, GetOpenOrderList>();
        services.AddSingleton<IWireVerb>(new PostForeignList("/api/v3/orderList/oto", "orderList.place.oto", 2));
        services.AddSingleton<IWireVerb>(new PostForeignList("/api/v3/orderList/otoco", "orderList.place.otoco", 3));
        services.AddSingleton<IWireVerb>(new PostForeignList("/api/v3/orderList/opo", "orderList.place.opo", 2));
        services.AddSingleton<IWireVerb>(new PostForeignList("/api/v3/orderList/opoco", "orderList.place.opoco", 3));
        services.AddSingleton<IWireVerb>(new PostForeignList("/api/v3/sor/order", "sor.order.place", 1));
        return services.AddSingleton<IWireVerb>(new PostForeignList("/api/v3/sor/order/test", "sor.order.test", 0));
    }
}
