app_name = "forum_boards"
urlpatterns = []
