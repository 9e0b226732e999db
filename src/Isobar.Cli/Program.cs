System.Console.WriteLine("isobar");
