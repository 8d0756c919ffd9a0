using System.Globalization;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Journaling;

/// <summary>The door: notes on orders.</summary>
internal static class JournalRoom
{
    public static IServiceCollection AddJournal(this IServiceCollection services) =>
        services.AddSingleton<PutNote>().AddSingleton<ShowNote>().AddSingleton<DeleteNote>().AddSingleton<ReadJournal>();

    public static void MapJournal(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("journal").RequireAuthorization(Policies.Signed);
        group.MapGet("/journal", ReadJournal.Route);
        group.MapGet("/orders/{id}/note", ShowNote.Route);
        group.MapPut("/orders/{id}/note", PutNote.Route);
        group.MapDelete("/orders/{id}/note", DeleteNote.Route);
    }

    /// <summary>An order's id as the API writes it.</summary>
    public static long? OrderOf(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : null;
}
