"""What each implementation of the record promises by itself."""
