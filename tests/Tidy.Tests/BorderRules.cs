namespace Lastro.Tidy.Tests;

/// <summary>Who may import whom, and who owns which table.</summary>
internal static class BorderRules
{
    private const string RoomFile = @"^src/Server/(?!Platform/|Database/|bin/|obj/)[A-Z]\w*/.*\.cs$";

    public static readonly Rule[] All =
    [
        Rule.Never("Core imports nobody", @"^src/Core/.*\.cs(proj)?$",
            @"Lastro\.(Cli|Exchanges|Server)|Npgsql|AspNetCore|Dapper|ProjectReference|PackageReference|\basync\b|DateTime(Offset)?\.(Utc)?Now",
            SourceTree.Of("src/Core/A.cs", "using Lastro.Server.Orders;\n")),
        Rule.Never("Exchanges do not know the server", @"^src/Exchanges/.*\.cs(proj)?$", @"Lastro\.(Cli|Server)|Npgsql|Dapper",
            SourceTree.Of("src/Exchanges/A.cs", "using Lastro.Server.Orders;\n")),
        Rule.Never("The command line does not know the server", @"^src/Cli/.*\.cs(proj)?$", @"Lastro\.Server|Npgsql|Dapper|AspNetCore|PackageReference",
            SourceTree.Of("src/Cli/A.cs", "using Lastro.Server.Orders;\n")),
        new Rule("Platform names no room", PlatformNamesRoom, new SourceTree(
            [("src/Server/Orders/OrdersRoom.cs", "namespace Lastro.Server.Orders;"), ("src/Server/Platform/A.cs", "using Lastro.Server.Orders;")])),
        new Rule("Rooms meet at their doors", ForeignTypes, new SourceTree(
            [("src/Server/Orders/OrdersRoom.cs", "internal sealed class OrdersRoom\n"), ("src/Server/Orders/Place.cs", "internal sealed class Place\n"),
             ("src/Server/Bots/Run.cs", "using Lastro.Server.Orders;\nnew Place()")])),
        new Rule("A table is named by its room only", ForeignTables, new SourceTree(
            [("src/Server/Database/0001_a.sql", "-- room: Orders\nCREATE TABLE orders (id int);"), ("src/Server/Bots/Run.cs", "SELECT 1 FROM orders WHERE")])),
        new Rule("Every table has a room", HomelessTables, SourceTree.Of("src/Server/Database/0001_a.sql", "CREATE TABLE orders (id int);")),
        new Rule("A room has a door and a README", Doors, SourceTree.Of("src/Server/Orders/Place.cs", "internal sealed class Place\n")),
        Rule.Never("Web rooms do not import rooms", @"^src/Web/src/(rooms)/.*\.tsx?$", @"from '(@/rooms/|\.\./\.\./rooms/)",
            SourceTree.Of("src/Web/src/rooms/a/b.ts", "import { x } from '@/rooms/c'\n")),
        Rule.Never("The web's ground floor does not import rooms", @"^src/Web/src/(ui|chart|live|money|api|i18n|orders|strategies)/.*\.tsx?$", @"from '(@/|\.\./)(rooms|app)/",
            SourceTree.Of("src/Web/src/ui/b.ts", "import { x } from '@/rooms/c'\n")),
        new Rule("A verb has its tests", VerbsWithoutTests, SourceTree.Of("src/Server/Orders/PlaceOrder.cs", "static Task Handle(")),
    ];

    private static IEnumerable<string> Rooms(SourceTree tree) =>
        tree.Files(RoomFile).Select(f => RoomOf(f.Path)).Distinct(StringComparer.Ordinal);

    private static string RoomOf(string path) => path.Split('/')[2];

    private static IEnumerable<string> PlatformNamesRoom(SourceTree tree) =>
        from file in tree.Files(@"^src/Server/Platform/.*\.cs$")
        from room in Rooms(tree)
        from match in Rule.Matches(file.Text, $@"Lastro\.Server\.{room}\b")
        select $"{file.Path}:{Rule.LineOf(file.Text, match.Index)} names {room}";

    private static IEnumerable<string> ForeignTypes(SourceTree tree)
    {
        var types = (
            from file in tree.Files(RoomFile)
            where !file.Path.EndsWith("Room.cs", StringComparison.Ordinal)
            from match in Rule.Matches(file.Text, @"^(internal|public)[\w ]*? (class|record|struct|enum|interface|delegate [\w<>?\[\]]+) (?<name>\w+)")
            select (Room: RoomOf(file.Path), Name: match.Groups["name"].Value)).Where(t => t.Name is not ("class" or "struct")).ToList();
        return
            from file in tree.Files(RoomFile)
            from room in types.Select(t => t.Room).Distinct(StringComparer.Ordinal)
            where RoomOf(file.Path) != room && file.Text.Contains($"Lastro.Server.{room}", StringComparison.Ordinal)
            from type in types
            where type.Room == room && !types.Exists(t => t.Name == type.Name && t.Room == RoomOf(file.Path))
            from match in Rule.Matches(Rule.Code(file.Path, file.Text), $@"(?<![\w.""/]){type.Name}\b(?![""/])").Take(1)
            select $"{file.Path}:{Rule.LineOf(file.Text, match.Index)} reaches past {room}'s door to {type.Name}";
    }

    private static IEnumerable<(string Table, string? Room, string Path)> Tables(SourceTree tree) =>
        from file in tree.Files(@"^src/Server/Database/.*\.sql$")
        let room = Rule.Matches(file.Text, @"\A-- (?i:room:?) (?<room>\w+)").Select(m => m.Groups["room"].Value).FirstOrDefault()
        from match in Rule.Matches(file.Text, @"(?i:create (unlogged )?table (if not exists )?)(?<name>\w+)")
        select (match.Groups["name"].Value, room, file.Path);

    private static IEnumerable<string> HomelessTables(SourceTree tree) =>
        from table in Tables(tree)
        where table.Room is null
        select $"{table.Path}: the first line says no '-- room: Name', so {table.Table} belongs to nobody";

    private static IEnumerable<string> ForeignTables(SourceTree tree) =>
        from file in tree.Files(@"^src/Server/.*\.cs$")
        from table in Tables(tree)
        where table.Room is not null && RoomOf(file.Path) != table.Room
        from match in Rule.Matches(file.Text, $@"\b(FROM|JOIN|INTO|UPDATE|TABLE|ONLY|from|join|into|update)\s+{table.Table}\b")
        select $"{file.Path}:{Rule.LineOf(file.Text, match.Index)} touches {table.Table} of {table.Room}";

    private static IEnumerable<string> Doors(SourceTree tree) =>
        from room in Rooms(tree)
        from needed in new[] { $"src/Server/{room}/{room}Room.cs", $"src/Server/{room}/README.md" }
        where !tree.Exists(needed)
        select $"{needed} is missing";

    private static IEnumerable<string> VerbsWithoutTests(SourceTree tree) =>
        from file in tree.Files(RoomFile)
        where Rule.Matches(file.Text, @"\bHandle\(").Any() && Rule.Matches(file.Text, @"(private|internal|public) static [\w<>?,. \[\]]* Handle\(|static Task Handle\(").Any()
        let name = Path.GetFileNameWithoutExtension(file.Path)
        let test = $"tests/Server.Tests/{RoomOf(file.Path)}/{name}Tests.cs"
        where !tree.Exists(test)
        select $"{file.Path} has no {test}";
}
